using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace AnalogTheory.House.Tests;

/// <summary>What an IDE shows of a package: every public member has words, and every parameter of a public function.</summary>
public partial class DocumentationTests
{
    public static TheoryData<string> Assemblies => [.. Packed.Names];

    /// <summary>The F# compiler escapes a comment whole unless it begins with a tag; an IDE then shows tags as text.</summary>
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_document_shows_a_tag_as_text(string assembly) =>
        Assert.DoesNotContain(
            Documents.Of(assembly).Members.Values.SelectMany(member => member.DescendantNodes()).OfType<XText>().Select(text => text.Value),
            EscapedTag().IsMatch
        );

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_public_type_and_member_has_words(string assembly) => Assert.Empty(Wordless(assembly));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_parameter_of_a_public_function_is_described(string assembly) => Assert.Empty(WordlessParameters(assembly));

    // Public types, then their members, without a word.
    private static IEnumerable<string> Wordless(string assembly)
    {
        Documents documents = Documents.Of(assembly);
        return Reachable
            .Types(assembly)
            .Where(type => !documents.Says(type))
            .Select(type => type.FullName!)
            .Concat(
                Reachable.Types(assembly).SelectMany(Reachable.Members).Where(member => !documents.Says(member)).Select(Reachable.Name)
            );
    }

    private static IEnumerable<string> WordlessParameters(string assembly)
    {
        Documents documents = Documents.Of(assembly);
        return Reachable
            .Types(assembly)
            .SelectMany(Reachable.Members)
            .OfType<MethodBase>()
            .SelectMany(method =>
                method
                    .GetParameters()
                    .Where(parameter => !documents.Says(method, parameter))
                    .Select(parameter => $"{Reachable.Name(method)} {parameter.Name}")
            );
    }

    [GeneratedRegex("</?(summary|param|returns|exception|remarks|para|code|c|see|example)\\b")]
    private static partial Regex EscapedTag();
}
