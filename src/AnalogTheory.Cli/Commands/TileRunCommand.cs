using System.CommandLine;
using System.Linq;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using AnalogTheory.Cli.Runs;
using AnalogTheory.Tiles.Algorithms;

namespace AnalogTheory.Cli.Commands;

/// <summary><c>tile run</c>: one training problem with every imperfection on and off.</summary>
internal static class TileRunCommand
{
    internal static Command Create(ToolConsole console)
    {
        string[] algorithms = [.. ArrayAlgorithms.All.Select(algorithm => algorithm.Name)];
        Option<string> preset = Options.Word("--preset", "Published device of the elements.", "EcRam", TileCommand.Presets);
        Option<string> algorithm = Options.Word("--algorithm", "Training algorithm.", "sgd", algorithms);
        Option<string> reads = Options.Word(
            "--reads",
            "Converters and noise of reads: AIHWKIT's defaults, or none.",
            "default",
            "default",
            "perfect"
        );
        Option<double> rate = Options.Number("--learning-rate", "α, weight²/loss.", Range.Positive, 0.03);
        Option<int> weights = Options.Whole("--weights", "D, weights: one row of elements.", 1, 40, 4096);
        Option<int> samples = Options.Whole("--samples", "N, samples of a mini-batch.", 1, 100, 100_000);
        Option<double> target = Options.Number("--target", "Deviation of the true weights.", Range.Positive, 0.3);
        Option<int> steps = Options.Whole("--steps", "K, mini-batches.", 10, 2000, 100_000_000);
        Option<int> replicas = Options.Whole("--replicas", "Independent runs of each case.", 2, 8, 1_000_000);
        Option<ulong> seed = Options.Seed(1);
        Option<int> threads = Options.Whole("--threads", "Worker threads; 0 for one per processor. Results do not depend on it.", 0, 0);
        Option<string?> folder = Options.Folder("Folder for tables, a picture and the manifest; 'tile-run' by default.");
        Option<bool> yes = Options.Yes();
        Command command = new(
            "run",
            "Trains least squares on an array with all of its imperfections, with all but one, with none, and with one alone: what each costs."
        )
        {
            preset,
            algorithm,
            reads,
            rate,
            weights,
            samples,
            target,
            steps,
            replicas,
            seed,
            threads,
            folder,
            yes,
        };
        HelpWithExamples.Describe(
            command,
            """
            analog-theory tile run
            analog-theory tile run --preset ReRamArrayOM --algorithm residual --out om-residual
            analog-theory tile run --algorithm tiki-taka --reads perfect --json | jq '.cases'
            """
        );
        command.SetAction(
            async (parsed, cancellation) =>
            {
                TileExperiment experiment = new(
                    parsed.GetRequiredValue(preset),
                    parsed.GetRequiredValue(algorithm),
                    parsed.GetRequiredValue(reads) == "default",
                    parsed.GetValue(rate),
                    parsed.GetValue(weights),
                    parsed.GetValue(samples),
                    parsed.GetValue(target),
                    parsed.GetValue(steps),
                    parsed.GetValue(replicas),
                    parsed.GetValue(seed)
                );
                string output = console.Resolve(parsed.GetValue(folder) ?? "tile-run");
                Answer answer = await TileExperimentRun.Of(
                    experiment,
                    output,
                    parsed.GetValue(threads),
                    parsed.GetValue(yes),
                    console,
                    cancellation
                );
                return answer.Give(console, parsed.GetValue(Options.Json));
            }
        );
        return command;
    }
}
