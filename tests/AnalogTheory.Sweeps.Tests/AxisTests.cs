using System;
using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace AnalogTheory.Sweeps.Tests;

/// <summary>Axes and the cells that they give.</summary>
public class AxisTests
{
    private static string[] Labels(string axis) =>
        [
            .. AxisReader
                .Read(JsonNode.Parse($"[{axis}]"))[0]
                .Steps.Select(step => string.Join('|', step.Values.Select(value => value.Label))),
        ];

    [Theory]
    [InlineData("""{ "path": "x", "values": [3, 0.5, 1e-7] }""", "3 0.5 1E-07")]
    [InlineData("""{ "path": "x", "values": ["sgd", "agad", true] }""", "sgd agad true")]
    [InlineData("""{ "path": "x", "linear": { "from": -1, "to": 1, "count": 5 } }""", "-1 -0.5 0 0.5 1")]
    [InlineData("""{ "path": "x", "log": { "from": 0.001, "to": 10, "count": 5 } }""", "0.001 0.01 0.1 1 10")]
    [InlineData("""{ "path": "x", "log": { "from": 8, "to": 1, "count": 4 } }""", "8 4 2 1")]
    [InlineData("""{ "path": "x", "seeds": 3 }""", "1 2 3")]
    [InlineData("""{ "path": "x", "seeds": { "first": 40, "count": 2 } }""", "40 41")]
    [InlineData("""{ "path": "x", "cases": { "one": { "kind": 1 }, "two": { "kind": 2 } } }""", "one two")]
    [InlineData("""{ "zip": [ { "path": "x", "values": [1, 2] }, { "path": "y", "values": [5, 6] } ] }""", "1|5 2|6")]
    public void Axes_are_read(string axis, string labels) => Assert.Equal(labels, string.Join(' ', Labels(axis)));

    [Theory]
    [InlineData("""{ "path": "x" }""", "axes[0]: Expected one of values, linear, log, seeds, cases, or zip, got none.")]
    [InlineData("""{ "path": "x", "values": [1], "seeds": 2 }""", "got values and seeds")]
    [InlineData("""{ "path": "x", "values": [] }""", "axes[0].values: Expected between 1 and")]
    [InlineData("""{ "path": "x", "values": [1, 2, 1.0] }""", "axes[0].values: Expected different values, got 1 twice")]
    [InlineData("""{ "path": "x", "values": [[1]] }""", "axes[0].values[0]: Expected a number or a word, got [1]")]
    [InlineData("""{ "path": "x", "values": 3 }""", "axes[0].values: Expected a list, got 3")]
    [InlineData("""{ "values": [1] }""", "axes[0].path: Expected a word, got nothing")]
    [InlineData("""{ "path": "", "values": [1] }""", "axes[0].path: Expected a word")]
    [InlineData(
        """{ "path": "x", "log": { "from": 0, "to": 1, "count": 3 } }""",
        "axes[0].log: Expected a log range between numbers above 0"
    )]
    [InlineData("""{ "path": "x", "linear": { "from": 1, "to": 1, "count": 3 } }""", "between different finite numbers")]
    [InlineData("""{ "path": "x", "linear": { "from": 1, "to": 2, "count": 1 } }""", "axes[0].linear: Expected between 2 and")]
    [InlineData("""{ "path": "x", "linear": { "from": 1, "to": 2, "count": 2.5 } }""", "axes[0].linear.count: Expected a whole number")]
    [InlineData("""{ "path": "x", "linear": { "from": 1, "to": 2, "steps": 2 } }""", "Unknown key 'steps'. Keys here: from, to, count.")]
    [InlineData("""{ "path": "x", "seeds": 0 }""", "axes[0].seeds: Expected between 1 and")]
    [InlineData("""{ "path": "x", "seeds": -1 }""", "axes[0].seeds: Expected a whole number")]
    [InlineData(
        """{ "zip": [ { "path": "x", "values": [1, 2] }, { "path": "y", "values": [5] } ] }""",
        "axes of as many steps, got 2 of x and 1 of y"
    )]
    [InlineData(
        """{ "zip": [ { "path": "x", "values": [1] }, { "path": "x", "values": [5] } ] }""",
        "Expected different paths, got x twice"
    )]
    [InlineData("""{ "zip": [] }""", "axes[0].zip: Expected at least one axis")]
    [InlineData("7", "axes[0]: Expected an object, got 7")]
    public void What_makes_no_sense_is_said_with_its_place(string axis, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Labels(axis)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_last_axis_runs_fastest()
    {
        CellGrid grid = SweepDefinition.Parse("toy", Sandbox.Axes).Grid;
        Assert.Equal(20, grid.Count);
        Assert.Equal(["a", "b"], grid.Columns);
        Assert.Equal("a = 1, b = 0.001", grid.Describe(0));
        Assert.Equal("a = 1, b = 10", grid.Describe(4));
        Assert.Equal("a = 2, b = 0.001", grid.Describe(5));
        Assert.Equal("a = 4, b = 10", grid.Describe(19));
        Assert.Throws<ArgumentOutOfRangeException>(() => grid[20]);
        Assert.Throws<ArgumentOutOfRangeException>(() => grid[-1]);
    }

    [Fact]
    public void Values_go_to_their_paths_in_the_order_of_the_axes()
    {
        JsonObject common = (JsonObject)JsonNode.Parse("""{ "rule": { "kind": "none" }, "seed": 1 }""")!;
        CellGrid grid = SweepDefinition
            .Parse(
                "x",
                """{ "axes": [ { "path": "rule", "cases": { "fast": { "kind": "sgd", "rate": 9 } } }, { "path": "rule.rate", "values": [0.5, 2] } ] }"""
            )
            .Grid;
        Assert.Equal("""{"rule":{"kind":"sgd","rate":0.5},"seed":1}""", grid.ConfigOf(common, 0).ToJsonString());
        // A whole number is written as one, so that it may stand for steps.
        Assert.Equal("""{"rule":{"kind":"sgd","rate":2},"seed":1}""", grid.ConfigOf(common, 1).ToJsonString());
        Assert.Equal("""{"rule":{"kind":"none"},"seed":1}""", common.ToJsonString());
    }

    [Theory]
    [InlineData("rule.rate.x")]
    [InlineData("nowhere.x")]
    [InlineData("rule.")]
    public void A_path_that_leads_nowhere_is_named(string path)
    {
        JsonObject common = (JsonObject)JsonNode.Parse("""{ "rule": { "rate": 1 } }""")!;
        CellGrid grid = new([SweepAxis.List(path, [1.0])]);
        Assert.Contains($"'{path}'", Assert.Throws<FormatException>(() => grid.ConfigOf(common, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_are_limited_and_paths_stand_on_one_axis()
    {
        SweepAxis thousand = SweepAxis.Linear("x", 0.0, 1.0, 1000);
        SweepAxis[] many = [thousand, SweepAxis.Linear("y", 0.0, 1.0, 1000), SweepAxis.Linear("z", 0.0, 1.0, 11)];
        Assert.Contains(
            "at most 10000000 cells",
            Assert.Throws<ArgumentException>(() => new CellGrid(many)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'x' on two",
            Assert.Throws<ArgumentException>(() => new CellGrid([thousand, thousand])).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("0/3", "0 3 6 9")]
    [InlineData("2/3", "2 5 8")]
    [InlineData("9/16", "9")]
    [InlineData("12/16", "")]
    public void A_shard_is_every_nth_cell(string shard, string cells) =>
        Assert.Equal(cells, string.Join(' ', CellSelection.ParseShard(shard).Cells(10)));

    [Theory]
    [InlineData("2..4", "2 3 4")]
    [InlineData("8..99", "8 9")]
    [InlineData("5", "5")]
    public void A_range_has_both_ends(string range, string cells) =>
        Assert.Equal(cells, string.Join(' ', CellSelection.ParseCells(range).Cells(10)));

    [Theory]
    [InlineData("3/3")]
    [InlineData("-1/3")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("a/b")]
    [InlineData("1/2/3")]
    public void What_is_no_shard_is_refused(string text) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(() => CellSelection.ParseShard(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("4..2")]
    [InlineData("-1..2")]
    [InlineData("1...2")]
    [InlineData("")]
    public void What_is_no_range_is_refused(string text) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(() => CellSelection.ParseCells(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void All_shards_together_are_all_cells_once()
    {
        for (int count = 1; count <= 7; count++)
        {
            Assert.Equal(
                Enumerable.Range(0, 20).Select(cell => (long)cell),
                Enumerable.Range(0, count).SelectMany(k => CellSelection.Shard(k, count).Cells(20)).Order()
            );
        }
    }
}
