using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.Cli.Display;
using Xunit;

namespace AnalogTheory.Cli.Tests.Malformed;

/// <summary>
/// Whatever one writes, it ends with 0, 1, 2 or 130, and with a sentence. ANALOG_THEORY_MALFORMED_CALLS says how many calls, 250 by default;
/// ANALOG_THEORY_MALFORMED_SEED which ones.
/// </summary>
public class MalformedTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task No_malformed_call_ends_in_a_trace()
    {
        int calls = Number("ANALOG_THEORY_MALFORMED_CALLS", 250);
        int seed = Number("ANALOG_THEORY_MALFORMED_SEED", 20240618);
        List<string> wrong = [];
        Dictionary<int, int> codes = [];
        for (int i = 0; i < calls && wrong.Count < 200; i++)
        {
            MalformedCall call = MalformedCalls.At(seed, i);
            (int code, string? complaint) = await Judged(call);
            codes[code] = codes.GetValueOrDefault(code) + 1;
            if (complaint is not null)
            {
                wrong.Add($"{i}: {call}\n    {complaint}");
            }
        }

        output.WriteLine($"{calls} calls, {wrong.Count} of them wrong; exit codes: {string.Join(", ", codes)}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {calls}:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void The_calls_are_a_function_of_their_numbers() =>
        Assert.Equal(MalformedCalls.At(3, 14).ToString(), MalformedCalls.At(3, 14).ToString());

    private static async Task<(int Code, string? Complaint)> Judged(MalformedCall call)
    {
        using Shell shell = new();
        foreach ((string name, byte[] bytes) in call.Files)
        {
            await File.WriteAllBytesAsync(Path.Combine(shell.Folder, name), bytes);
        }

        using CancellationTokenSource stop = new(s_patience);
        Outcome outcome;
        try
        {
            outcome = await shell.RunUntil(stop.Token, call.Arguments);
        }
        // What comes out as an exception would be a trace in a process.
#pragma warning disable CA1031
        catch (Exception trace)
#pragma warning restore CA1031
        {
            return (134, trace.ToString());
        }

        string? complaint = outcome switch
        {
            { Code: not (0 or 1 or 2 or 130) } => $"exit code {outcome.Code}: {outcome.Error}",
            _ when outcome.Error.Contains("\n   at ", StringComparison.Ordinal)
                    && !call.ToString().Contains("--debug", StringComparison.Ordinal) => $"a trace: {outcome.Error}",
            { Code: 2, Out: not "" } => $"an answer in spite of exit code 2: {outcome.Out}",
            { Code: not 0, Error: "" }
                when !call.ToString().Contains("--check", StringComparison.Ordinal)
                    && !call.ToString().Contains("verify", StringComparison.Ordinal) => $"exit code {outcome.Code} without a word",
            { Error.Length: > 40_000 } => $"a complaint of {outcome.Error.Length} letters",
            _ => null,
        };
        return (outcome.Code, complaint);
    }

    private static int Number(string variable, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : standard;
}
