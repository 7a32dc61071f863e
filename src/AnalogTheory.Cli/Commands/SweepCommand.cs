using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Cells;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.Runs;
using AnalogTheory.Sweeps;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>sweep</c>: many cells, on one machine or on a cluster.</summary>
internal static class SweepCommand
{
    internal static Command Create(ToolConsole console)
    {
        Argument<string> config = new("config")
        {
            Description =
                "JSON file of the sweep: axes, and one of simulate, train and tile that all cells share; 'analog-theory schema sweep' describes it.",
        };
        Option<string?> folder = Options.Folder("Folder of the sweep; the config file's name by default.");
        Option<string?> data = Options.Text("--data", "Folder that holds the data sets of train.", "folder");
        Option<CellSelection?> cells = Selection(
            "--cells",
            "Only these cells, such as 100..199.",
            "a..b",
            "cells a..b with 0 ≤ a ≤ b, such as 100..199,",
            CellSelection.ParseCells
        );
        Option<CellSelection?> shard = Selection(
            "--shard",
            "Only every nth cell from the kth on, such as 3/16; k counts from 0.",
            "k/n",
            "shard k/n with 0 ≤ k < n, such as 3/16,",
            CellSelection.ParseShard
        );
        Option<string> form = Options.Word(
            "--format",
            "How a shard's table is written; the merged table is written in both.",
            "parquet",
            "parquet",
            "csv"
        );
        Option<int> threads = Options.Whole("--threads", "Worker threads; 0 for one per processor. Results do not depend on it.", 0, 0);
        Option<bool> estimate = new("--estimate")
        {
            Description = "Says what the sweep needs, from a short timed sample, and runs nothing.",
        };
        Option<int> nodes = Options.Whole("--nodes", "Machines that --estimate reckons with.", 1, 16, 1_000_000);
        SchedulerOptions schedulers = new();
        Command command = new(
            "sweep",
            "Runs every cell of a sweep, or a share of them; what was stopped goes on, and shards of several machines are merged to the same bytes."
        )
        {
            config,
            folder,
            data,
            cells,
            shard,
            form,
            threads,
            estimate,
            nodes,
        };
        schedulers.AddTo(command);
        command.Add(SweepFolderCommands.Status(console));
        command.Add(SweepFolderCommands.Merge(console));
        HelpWithExamples.Describe(
            command,
            """
            analog-theory sweep map.json --estimate
            analog-theory sweep map.json --out map
            analog-theory sweep map.json --out map --shard 3/16
            analog-theory sweep map.json --out map --slurm --shards 64 --time 02:00:00 --submit
            analog-theory sweep status map
            analog-theory sweep merge map
            """
        );
        command.SetAction(
            async (parsed, cancellation) =>
            {
                string name = parsed.GetRequiredValue(config);
                if (parsed.GetValue(cells) is not null && parsed.GetValue(shard) is not null)
                {
                    throw new BadInputException("Expected one of --cells and --shard, got both.");
                }

                CellSelection selection = parsed.GetValue(cells) ?? parsed.GetValue(shard) ?? CellSelection.All;
                int workers = WorkEstimate.Workers(parsed.GetValue(threads));
                string output = console.Resolve(parsed.GetValue(folder) ?? SimulateCommand.OwnFolder(name));
                SweepFile file = await SweepFile.Read(name, parsed.GetValue(data), console, cancellation);
                bool asJson = parsed.GetValue(Options.Json);
                if (parsed.GetValue(estimate))
                {
                    SweepEstimate needed = await SweepEstimate.Of(file, cancellation);
                    return needed.Answer(parsed.GetValue(nodes), workers, console).Give(console, asJson);
                }

                if (schedulers.Asked(parsed))
                {
                    string[] own = [console.Resolve(name), "--out", output, .. Data(console, parsed.GetValue(data))];
                    Answer sent = await schedulers.Write(parsed, file, output, own, console, cancellation);
                    return sent.Give(console, asJson);
                }

                string again = CommandText.Of(parsed);
                Answer answer = await SweepRun.Of(
                    file,
                    output,
                    selection,
                    new(workers, parsed.GetRequiredValue(form) == "csv" ? TableForm.Csv : TableForm.Parquet),
                    console,
                    again,
                    cancellation
                );
                return answer.Give(console, asJson);
            }
        );
        return command;
    }

    private static IEnumerable<string> Data(ToolConsole console, string? folder) =>
        folder is null ? [] : ["--data", console.Resolve(folder)];

    private static Option<CellSelection?> Selection(
        string name,
        string help,
        string kind,
        string expected,
        Func<string, CellSelection> parse
    ) =>
        new(name)
        {
            Description = help,
            HelpName = kind,
            CustomParser = result =>
            {
                string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
                try
                {
                    return parse(text);
                }
                catch (ArgumentException)
                {
                    result.AddError($"Expected {expected} after {name}, got '{text}'.");
                    return null;
                }
            },
        };
}
