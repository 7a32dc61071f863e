using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.FSharp.Collections;

namespace AnalogTheory.CSharp;

/// <summary>Where C# values become the core's and back; the nulls that nullable analysis misses are caught here.</summary>
internal static class Edge
{
    /// <summary>The array, unless it is <c>default</c>, which is the null of immutable arrays.</summary>
    internal static ImmutableArray<T> Initialised<T>(ImmutableArray<T> array, [CallerArgumentExpression(nameof(array))] string name = "") =>
        array.IsDefault ? throw new ArgumentException($"Expected an initialised array, got {name} = default.", name) : array;

    /// <summary>The array, unless it is <c>default</c> or holds a null.</summary>
    internal static ImmutableArray<T> WithoutNulls<T>(ImmutableArray<T> array, [CallerArgumentExpression(nameof(array))] string name = "")
        where T : class
    {
        int missing = Initialised(array, name).IndexOf(null!);
        return missing < 0
            ? array
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected no null in {name}, got {name}[{missing}] = null."),
                name
            );
    }

    /// <summary>The elements, not copied: the core copies what it keeps.</summary>
    internal static double[] Elements(ImmutableArray<double> array, [CallerArgumentExpression(nameof(array))] string name = "") =>
        ImmutableCollectionsMarshal.AsArray(Initialised(array, name))!;

    /// <summary>The core's vector with these elements, not copied.</summary>
    internal static Weights Vector(ImmutableArray<double> array, [CallerArgumentExpression(nameof(array))] string name = "")
    {
        Require.nonEmpty(name, Initialised(array, name).Length);
        return Weights.Create(array, WeightsModule.vectorShape(array.Length));
    }

    /// <summary>The core's vector of length D with these elements, not copied.</summary>
    internal static Weights Vector(int dimension, ImmutableArray<double> array, [CallerArgumentExpression(nameof(array))] string name = "")
    {
        Require.length(name, dimension, Initialised(array, name).Length);
        return Weights.Create(array, WeightsModule.vectorShape(dimension));
    }

    /// <summary>Takes ownership of a fresh array.</summary>
    internal static ImmutableArray<T> Frozen<T>(T[] fresh) => ImmutableCollectionsMarshal.AsImmutableArray(fresh);

    /// <summary>The error for an enumeration value that has no name.</summary>
    internal static ArgumentOutOfRangeException Undefined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum => new(name, value, $"Expected one of {string.Join(", ", Enum.GetNames<T>())}, got {name} = {value}.");

    /// <summary>The known name that takes the fewest letters to insert, remove or replace; case does not count.</summary>
    internal static string Nearest(string name, IEnumerable<string> known) =>
        known.MinBy(candidate => Distance(candidate.ToUpperInvariant(), name.ToUpperInvariant()))!;

    /// <summary>The core's list of parameters.</summary>
    internal static FSharpList<Tuple<string, double>> Listed(IReadOnlyDictionary<string, double>? parameters) =>
        ListModule.OfSeq((parameters ?? ReadOnlyDictionary<string, double>.Empty).Select(pair => Tuple.Create(pair.Key, pair.Value)));

    /// <summary>Parameters by their symbols, in the core's order.</summary>
    internal static IReadOnlyDictionary<string, double> Parameters(IEnumerable<Tuple<string, double>> parameters)
    {
        OrderedDictionary<string, double> ordered = [];
        foreach ((string symbol, double value) in parameters)
        {
            ordered.Add(symbol, value);
        }

        return new ReadOnlyDictionary<string, double>(ordered);
    }

    // Levenshtein's, by rows.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int replaced = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, 1 + Math.Min(diagonal, row[j]));
            }
        }

        return row[^1];
    }
}
