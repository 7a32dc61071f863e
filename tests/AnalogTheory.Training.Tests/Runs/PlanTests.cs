using System;
using System.IO;
using System.Linq;
using System.Threading;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Training.Data;
using AnalogTheory.Training.Layers;
using AnalogTheory.Training.Models;
using AnalogTheory.Training.Runs;
using Xunit;

namespace AnalogTheory.Training.Tests.Runs;

public class PlanTests
{
    [Fact]
    public void A_list_stands_for_one_cell_for_each_of_its_items()
    {
        Plan plan = Plan.Parse(
            """{ "rounds": [1, 5], "cells": [{ "rule": "tiki-taka", "tau": [0.7, 0.78], "seed": [1, 2] }, { "rule": "digital-sgd" }] }"""
        );
        Assert.Equal([1, 5], plan.Rounds);
        Assert.Equal(
            [
                "fcn-tiki-taka-tau0.7-seed1",
                "fcn-tiki-taka-tau0.7-seed2",
                "fcn-tiki-taka-tau0.78-seed1",
                "fcn-tiki-taka-tau0.78-seed2",
                "fcn-digital-sgd-seed1",
            ],
            plan.Cells.Select(cell => cell.Name)
        );
    }

    [Theory]
    [InlineData("""{ "cells": [{ "rule": "sgd" }] }""", "Expected as rule one of digital-sgd")]
    [InlineData("""{ "cells": [{ "tau": -1 }] }""", "Expected as tau a finite number above 0, got -1")]
    [InlineData("""{ "cells": [{ "chopProbability": 1.5 }] }""", "Expected as chopProbability a probability above 0, got 1.5")]
    [InlineData("""{ "cells": [{ "tua": 1 }] }""", "tua")]
    [InlineData("""{ "cells": [{ "model": "resnet" }] }""", "Expected as model one of fcn")]
    [InlineData("""{ "cells": [] }""", "at least one cell")]
    [InlineData("""{ "rounds": [5, 2], "cells": [{}] }""", "rising")]
    [InlineData("""{ "ruonds": [5], "cells": [{}] }""", "Unknown key 'ruonds'")]
    [InlineData("""{ "cells": [{}, {}] }""", "twice")]
    [InlineData("""{ "cells": 3 }""", "Expected a plan")]
    [InlineData("""{}""", "Expected 'cells'")]
    [InlineData("""not json""", "Expected a plan")]
    public void A_plan_that_makes_no_sense_is_refused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Plan.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_plan_runs_what_is_missing_and_tells_what_it_reached()
    {
        using TemporaryFolder folder = new();
        DataPair data = new("digits", Digits.Draw(40, 1), Digits.Draw(20, 2));
        Plan plan = Plan.Parse("""{ "rounds": [1, 2], "cells": [{ "data": "digits", "rule": "digital-sgd", "seed": [1, 2, 3] }] }""");
        int epochs = 0;
        Assert.Equal(
            RunEnd.Finished,
            new PlanRun(plan with { Rounds = [1] }, folder.Path).Run(
                _ => data,
                2,
                null,
                (_, _) => Interlocked.Increment(ref epochs),
                CancellationToken.None
            )
        );
        Assert.Equal(3, epochs);
        PlanRun again = new(plan, folder.Path);
        Assert.Equal(RunEnd.Finished, again.Run(_ => data, 1, null, (_, _) => epochs++, CancellationToken.None));
        Assert.Equal(6, epochs);
        Assert.All(again.Results, result => Assert.Equal(2, result.History.Count));
        string[] table = File.ReadAllLines(folder["cells.csv"]);
        Assert.StartsWith(
            "fcn,digital-sgd,soft-bounds-reference,1,0.7,1,fcn-digital-sgd-digits-seed1,2,",
            table[1],
            StringComparison.Ordinal
        );
        Assert.Equal(1 + 6, File.ReadAllLines(folder["epochs.csv"]).Length);
    }

    [Fact]
    public void Every_model_and_rule_trains()
    {
        DataPair data = new("digits", Digits.Draw(4, 1), Digits.Draw(10, 2));
        foreach (string rule in PaperRules.Names)
        {
            Train(
                new Cell
                {
                    Rule = rule,
                    BatchSize = 2,
                    Device = rule is "ttv2" or "agad" or "e-rider" ? "offset-symmetric-point" : "power",
                }
            );
        }

        foreach (string model in PaperModels.Names)
        {
            Train(new Cell { Model = model, BatchSize = 2 });
        }

        void Train(Cell cell)
        {
            Trainer trainer = cell.Require().Trainer(data);
            TrainingState state = trainer.Start();
            Assert.Equal(EpochEnd.Finished, trainer.RunEpoch(state, null, CancellationToken.None));
            Assert.True(double.IsFinite(state.History[0].TestLoss), cell.Name);
        }
    }

    [Fact]
    public void A_cell_takes_one_imperfection_away_and_leaves_the_others()
    {
        DeviceSettings all = PaperRules.DeviceOf(new Cell());
        DeviceSettings flat = PaperRules.DeviceOf(new Cell { ConstantStep = true });
        Assert.Equal(0.0, Assert.IsType<ConstantStepDevice>(flat).UpDown);
        Assert.Equal((0.7, -0.7, 1e-3, 0.3), (flat.UpperBound, flat.LowerBound, flat.Granularity, flat.CycleNoise));
        Assert.Equal(all.UpperBoundSpread, flat.UpperBoundSpread);
        Assert.IsType<SoftBoundsReferenceDevice>(all);
        DeviceSettings alike = PaperRules.DeviceOf(new Cell { DeviceVariation = false });
        Assert.Equal((0.0, 0.3), (alike.UpperBoundSpread, alike.CycleNoise));
        Assert.NotEqual(0.0, all.UpperBoundSpread);
        // Names of folders tell all that differs, so that no training goes on with another's checkpoint.
        Cell cell = new() { ConstantStep = true, Pulsed = false };
        Assert.Equal("fcn-analog-sgd-tau0.7-constant-step-continuous-seed1", cell.Name);
        Assert.DoesNotContain("constantStep", new Cell().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_papers_networks_have_the_papers_shapes()
    {
        Cell fcn = new(),
            cnn = new() { Model = "cnn" };
        Shape image = new(1, 28, 28);
        Assert.Equal("linear 784 → 256, sigmoid, linear 256 → 128, sigmoid, linear 128 → 10, log-softmax", fcn.Build(image).Description);
        Assert.Contains("linear 512 → 128", cnn.Build(image).Description, StringComparison.Ordinal);
        Assert.Equal(
            Shape.Vector(10),
            new Cell { Model = "lenet-5" }
                .Build(image)
                .Output
        );
    }
}
