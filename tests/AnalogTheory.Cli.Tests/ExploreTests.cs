using System;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>The command that makes the page: what it takes, and what it refuses. What a browser makes of the page: <see cref="ExplorerPageTests"/>.</summary>
public class ExploreTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "'mean'")]
    [InlineData("a,mean\n1,2\n2,2\n1,3\n", "one row")]
    [InlineData("a,mean\n1,2\n2,x\n", "record 3")]
    [InlineData("a,mean\n1,2\n", "two values")]
    [InlineData("a,mean\n", "at least one row")]
    public async Task A_table_that_is_none_is_refused_by_name(string text, string why)
    {
        using Shell shell = Samples.Shell();
        shell.Write("bad.csv", text);
        Outcome outcome = await shell.Run("explore", "bad.csv");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains("bad.csv", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.False(shell.Has("explorer.html"));
    }

    [Fact]
    public async Task A_file_names_tables_with_titles_and_labels()
    {
        using Shell shell = Samples.Shell();
        shell.Write(
            "explorer.json",
            """{ "title": "Floors", "tables": [{ "file": "floors.csv", "title": "Both algorithms", "labels": { "tau": "*τ*, unit of weight" } }] }"""
        );
        Outcome outcome = await shell.Run("explore", "explorer.json", "--json");
        Assert.Equal("Both algorithms", (string)outcome.Document["tables"]![0]!["title"]!);
        Assert.Contains("unit of weight", shell.Read("explorer.html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "title": "Floors", "tables": [] }""", "line 1, tables: Expected at least one table")]
    [InlineData("{\n\"title\": \"Floors\",\n\"table\": []\n}", "line 3, table: Unknown key 'table'. Did you mean 'tables'?")]
    [InlineData("""{ "title": "Floors", "tables": [{ "file": "no.csv" }] }""", "got 'no.csv'")]
    [InlineData(
        "{ \"title\": \"Floors\",\n\"tables\": [{ \"file\": \"floors.csv\",\n\"labels\": { \"taw\": \"τ\" } }] }",
        "line 3, tables[0].labels[\"taw\"]: Expected one of"
    )]
    public async Task A_file_that_names_no_table_is_refused_by_line(string text, string why)
    {
        using Shell shell = Samples.Shell();
        shell.Write("explorer.json", text);
        Outcome outcome = await shell.Run("explore", "explorer.json");
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.False(shell.Has("explorer.html"));
    }

    [Fact]
    public async Task Results_of_simulate_are_taken_as_they_are()
    {
        using Shell shell = Samples.Shell();
        await shell.Run("simulate", "experiment.json");
        Outcome outcome = await shell.Run("explore", "experiment/averages.csv", "--json");
        Assert.Equal(6, (int)outcome.Document["tables"]![0]!["rows"]!);
    }
}
