using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

public class DocumentationTests
{
    private static readonly Dictionary<string, XElement> s_documents = XDocument
        .Load(Path.ChangeExtension(Surface.Facade.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    [Fact]
    public void Every_public_member_has_a_summary() => Assert.Empty(Documented().Where(id => Text(id, "summary").Length < 2));

    [Fact]
    public void Every_parameter_is_described() =>
        Assert.Empty(
            Methods()
                .SelectMany(method =>
                    method
                        .GetParameters()
                        .Where(parameter => Text(Id(method), "param", parameter.Name).Length < 2)
                        .Select(parameter => $"{Id(method)} {parameter.Name}")
                )
        );

    [Fact]
    public void Every_result_is_described() =>
        Assert.Empty(
            Methods()
                .OfType<MethodInfo>()
                .Where(method => method.ReturnType != typeof(void) && Text(Id(method), "returns").Length < 2)
                .Select(Id)
        );

    [Fact]
    public void The_errors_of_what_can_raise_are_described() =>
        // Factories and constructors check their arguments; only those without any, or with nothing to reject, raise nothing.
        Assert.Empty(
            Methods()
                .Where(method =>
                    (method.IsStatic || method is ConstructorInfo)
                    && method.GetParameters().Any(parameter => !parameter.IsOut)
                    && !method.Name.StartsWith("op_", StringComparison.Ordinal)
                )
                .Where(method => method.DeclaringType is { IsValueType: false } && s_documents[Id(method)].Element("exception") is null)
                .Select(Id)
        );

    /// <summary>Claims are cited by the ledger's identifiers, which a reader of a package can look up.</summary>
    [Theory]
    [InlineData("AnalogTheory")]
    [InlineData("AnalogTheory.Kernels")]
    [InlineData("AnalogTheory.CSharp")]
    public void No_document_cites_a_file_that_readers_do_not_have(string assembly) =>
        Assert.DoesNotContain(
            "theory.md",
            File.ReadAllText(Path.Combine(Path.GetDirectoryName(Surface.Facade.Location)!, $"{assembly}.xml")),
            StringComparison.OrdinalIgnoreCase
        );

    [Fact]
    public void No_document_is_left_over()
    {
        HashSet<string> known =
        [
            .. Surface
                .Facade.GetTypes()
                .SelectMany(type =>
                    type.GetMembers(
                            BindingFlags.Public
                                | BindingFlags.NonPublic
                                | BindingFlags.Instance
                                | BindingFlags.Static
                                | BindingFlags.DeclaredOnly
                        )
                        .Select(Id)
                        .Append($"T:{Name(type)}")
                ),
        ];
        Assert.Empty(s_documents.Keys.Where(id => !known.Contains(id)));
    }

    private static IEnumerable<string> Documented() =>
        Surface.Facade.GetExportedTypes().SelectMany(type => Surface.Members(type).Where(IsWritten).Select(Id).Append($"T:{Name(type)}"));

    private static IEnumerable<MethodBase> Methods() =>
        Surface.Facade.GetExportedTypes().SelectMany(Surface.Members).Where(IsWritten).OfType<MethodBase>();

    // What somebody wrote: no accessors, no members of records that the compiler adds.
    private static bool IsWritten(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute))
        && member.Name != "value__"
        && member.MemberType != MemberTypes.NestedType
        && !(
            member is MethodBase { IsSpecialName: true } method
            && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal))
        )
        && !(member is ConstructorInfo constructor && constructor.GetParameters().Length == 0 && constructor.DeclaringType!.IsValueType);

    private static string Text(string id, string element, string? name = null) =>
        !s_documents.TryGetValue(id, out XElement? document)
            ? ""
            : string.Concat(document.Elements(element).Where(e => name is null || e.Attribute("name")?.Value == name).Select(e => e.Value))
                .Trim();

    private static string Id(MemberInfo member)
    {
        string owner = Name(member.DeclaringType!);
        if (Surface.IsDelegate(member.DeclaringType!))
        {
            return $"T:{owner}";
        }

        string name = member.Name.Replace('.', '#').Replace('<', '{').Replace('>', '}');
        return member switch
        {
            FieldInfo => $"F:{owner}.{name}",
            EventInfo => $"E:{owner}.{name}",
            PropertyInfo property => $"P:{owner}.{name}{Parameters(property.GetIndexParameters())}",
            MethodInfo method =>
                $"M:{owner}.{name}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}{Parameters(method.GetParameters())}",
            MethodBase method => $"M:{owner}.{name}{Parameters(method.GetParameters())}",
            _ => $"T:{owner}.{name}",
        };
    }

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(parameter => Name(parameter.ParameterType)))})";

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return $"{Name(type.GetElementType()!)}@";
        }

        if (type.IsArray)
        {
            int rank = type.GetArrayRank();
            return Name(type.GetElementType()!) + (rank == 1 ? "[]" : $"[{string.Join(",", Enumerable.Repeat("0:", rank))}]");
        }

        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        if (type.IsConstructedGenericType)
        {
            string definition = type.GetGenericTypeDefinition().FullName!;
            return $"{definition[..definition.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(",", type.GetGenericArguments().Select(Name))}}}";
        }

        return type.FullName!.Replace('+', '.');
    }
}
