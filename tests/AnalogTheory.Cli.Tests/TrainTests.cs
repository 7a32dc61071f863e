using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

public class TrainTests
{
    private static readonly string[] s_first = Samples.Right["train"] is var words ? ["train", .. words] : [];

    [Fact]
    public async Task A_training_goes_on_where_it_was_left()
    {
        using Shell shell = new();
        Assert.Equal(0, (await shell.Run(s_first)).Code);
        Outcome more = await shell.Run("train", "--resume", "--out", "first-try", "--epochs", "2", "--json");
        Assert.Equal((0, ""), (more.Code, more.Error));
        JsonNode training = JsonNode.Parse(more.Out)!["trainings"]![0]!;
        Assert.Equal(2, (int)training["epochs"]!);
        Assert.Equal("digital-sgd", (string)training["cell"]!["rule"]!);
    }

    [Fact]
    public async Task Another_training_in_the_same_folder_is_refused_and_nothing_is_overwritten()
    {
        using Shell shell = new();
        await shell.Run(s_first);
        byte[] before = await File.ReadAllBytesAsync(Path.Combine(shell.Folder, "first-try", "checkpoint.bin"));
        Outcome other = await shell.Run([.. s_first, "--seed", "2"]);
        Assert.Equal(2, other.Code);
        Assert.Contains("belongs to another training", other.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(shell.Folder, "first-try", "checkpoint.bin")));
    }

    [Fact]
    public async Task An_exploding_loss_ends_with_1_and_keeps_the_metrics()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run([.. s_first, "--learning-rate", "1e30"]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("exploded", outcome.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(shell.Folder, "first-try", "metrics.csv")));
    }

    [Theory]
    [InlineData("--plan plan.json --tau 0.7", "Expected --plan without --tau: the cells of a plan say what is trained.")]
    [InlineData("--plan plan.json --epochs 80", "Expected --plan without --epochs: the cells of a plan say what is trained.")]
    [InlineData("--plan plan.json --resume", "Expected --plan without --resume: the cells of a plan say what is trained.")]
    [InlineData("--plan plan.json --data digits", "Expected --plan without --data: the cells of a plan name their data.")]
    [InlineData("--resume --data digits --out run", "Expected --resume without --data: its folder holds which data.")]
    [InlineData("--resume --rule tiki-taka --out run", "Expected --resume without --rule: its folder holds what is trained.")]
    public async Task What_would_have_no_effect_is_refused(string words, string message)
    {
        using Shell shell = new();
        shell.Write("plan.json", """{ "rounds": [1], "cells": [{ "rule": "digital-sgd", "data": "digits", "samples": 10 }] }""");
        Outcome outcome = await shell.Run(["train", .. words.Split(' ')]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["plan.json"], shell.Files());
    }

    [Fact]
    public async Task A_plan_runs_and_its_faults_are_told()
    {
        using Shell shell = new();
        shell.Write(
            "plan.json",
            """{ "rounds": [1], "cells": [{ "data": "digits", "samples": 20, "rule": "digital-sgd", "seed": [1, 2] }] }"""
        );
        Outcome outcome = await shell.Run("train", "--plan", "plan.json", "--out", "many");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("fcn-digital-sgd-samples20-digits-seed2", outcome.Out, StringComparison.Ordinal);
        shell.Write("plan.json", """{ "cells": [{ "rule": "sgd" }] }""");
        outcome = await shell.Run("train", "--plan", "plan.json", "--out", "more");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("got 'sgd'", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("plan.json", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_training_cannot_be_resumed()
    {
        using Shell shell = new();
        Outcome outcome = await shell.Run("train", "--resume", "--out", "nothing");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("holds no training", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await shell.Run("train", "--resume")).Code);
    }
}
