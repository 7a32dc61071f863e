using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;

namespace AnalogTheory.House.Tests;

/// <summary>The documents of an assembly, by the identifiers of C# and F#.</summary>
internal sealed class Documents
{
    private static readonly ConcurrentDictionary<string, Documents> s_known = new();

    private readonly ILookup<string, KeyValuePair<string, XElement>> _byName;

    private Documents(string assembly)
    {
        Members = XDocument
            .Load(Path.Combine(AppContext.BaseDirectory, assembly + ".xml"))
            .Descendants("member")
            .GroupBy(member => member.Attribute("name")!.Value)
            .ToDictionary(group => group.Key, group => group.First());
        _byName = Members.ToLookup(pair => Bare(pair.Key));
    }

    /// <summary>Each member's element, by identifier.</summary>
    internal Dictionary<string, XElement> Members { get; }

    internal static Documents Of(string assembly) => s_known.GetOrAdd(assembly, name => new(name));

    /// <summary>Whether a type has words.</summary>
    internal bool Says(Type type) => Members.TryGetValue($"T:{Plain(type)}", out XElement? element) && HasWords(element);

    /// <summary>Whether a member has words, or takes them over.</summary>
    internal bool Says(MemberInfo member) => Elements(member).Any(HasWords);

    /// <summary>Whether a parameter is described.</summary>
    internal bool Says(MethodBase method, ParameterInfo parameter) =>
        parameter.Name is null
        || parameter.Name.StartsWith('_')
        || Elements(method)
            .Any(element =>
                element.Element("inheritdoc") is not null
                || element
                    .Elements("param")
                    .Any(described => (string?)described.Attribute("name") == parameter.Name && described.Value.Trim().Length > 1)
            );

    // Overloads are told apart by the number of their parameters: the two compilers write types differently.
    private IEnumerable<XElement> Elements(MemberInfo member)
    {
        if (Reachable.IsDelegate(member.DeclaringType!))
        {
            return Members.TryGetValue($"T:{Plain(member.DeclaringType!)}", out XElement? element) ? [element] : [];
        }

        string owner = Plain(member.DeclaringType!);
        string name = member is ConstructorInfo ? "#ctor" : member.Name.Replace('.', '#');
        int count = member is MethodBase method ? method.GetParameters().Length : -1;
        KeyValuePair<string, XElement>[] found = [.. _byName[$"{owner}.{name}"]];
        KeyValuePair<string, XElement>[] fitting = [.. found.Where(pair => count < 0 || Count(pair.Key) == count)];
        return (fitting.Length > 0 ? fitting : found).Select(pair => pair.Value);
    }

    private static bool HasWords(XElement element) =>
        element.Element("inheritdoc") is not null
        || (element.Element("summary") is { } summary && (summary.Value.Trim().Length > 1 || summary.HasElements));

    private static string Plain(Type type) =>
        (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    // Without its kind, its parameters and its number of type parameters.
    private static string Bare(string id)
    {
        string name = id[2..];
        int end = name.IndexOf('(', StringComparison.Ordinal);
        name = end < 0 ? name : name[..end];
        end = name.IndexOf("``", StringComparison.Ordinal);
        name = end < 0 ? name : name[..end];
        end = name.IndexOf('~', StringComparison.Ordinal);
        return end < 0 ? name : name[..end];
    }

    private static int Count(string id)
    {
        int start = id.IndexOf('(', StringComparison.Ordinal);
        if (start < 0)
        {
            return 0;
        }

        int depth = 0;
        int commas = 0;
        foreach (char letter in id.AsSpan(start))
        {
            depth +=
                letter is '(' or '{' or '[' ? 1
                : letter is ')' or '}' or ']' ? -1
                : 0;
            commas += letter == ',' && depth == 1 ? 1 : 0;
        }

        return commas + 1;
    }
}
