using System;
using System.Diagnostics.CodeAnalysis;
using Microsoft.FSharp.Core;

namespace AnalogTheory.CSharp;

/// <summary>A program that proves algebraic claims for all reals, or finds a counterexample. Immutable.</summary>
/// <remarks>
/// It runs as one process per question, limited by its own resource count and not by time, so that verdicts do not depend on the machine's load.
/// </remarks>
public sealed class Solver
{
    private Solver(ISolver inner) => Inner = inner;

    /// <summary>Name and version, such as <c>Z3 version 4.8.12 - 64 bit</c>.</summary>
    public string Name => Inner.Name;

    internal ISolver Inner { get; }

    /// <summary>The z3 on the PATH, if there is one.</summary>
    /// <param name="solver">The solver, or null.</param>
    /// <returns>Whether a program named z3 that says its version was found.</returns>
    public static bool TryFindZ3([NotNullWhen(true)] out Solver? solver)
    {
        solver = Of(Z3Process.tryFind());
        return solver is not null;
    }

    /// <summary>The z3 at a path.</summary>
    /// <param name="path">Path of the program.</param>
    /// <returns>The solver.</returns>
    /// <exception cref="ArgumentNullException">The path is null.</exception>
    /// <exception cref="ArgumentException">There is no program that says its version at that path.</exception>
    public static Solver Z3(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Of(Z3Process.tryProgram(path))
            ?? throw new ArgumentException($"Expected the path of a z3 that says its version, got '{path}'.", nameof(path));
    }

    /// <summary>Name and version.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;

    private static Solver? Of(FSharpOption<ISolver>? found) => found is null ? null : new(found.Value);
}
