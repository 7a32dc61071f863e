using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AnalogTheory.CSharp;

public sealed partial class Ensemble
{
    /// <summary>Writes the trace as comma-separated values: the step, and each measure's mean and standard error over the replicas.</summary>
    /// <remarks>
    /// Columns have the names <see cref="Measure.Column"/>, which spreadsheets and data frames take; <see cref="WriteJson"/> has the symbols beside
    /// them. Numbers read back to the same bits, in the invariant culture. One header line; lines end as the writer ends them.
    /// </remarks>
    /// <param name="writer">Where to.</param>
    /// <exception cref="ArgumentNullException">The writer is null.</exception>
    /// <exception cref="InvalidOperationException">Nothing was traced.</exception>
    public void WriteTraceCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Estimate[][] columns = [.. Settings.Measures.Select(measure => Trace(measure).ToArray())];
        writer.WriteLine(
            string.Join(',', ["step", .. Settings.Measures.SelectMany(m => new[] { m.Column, $"{m.Column}_standard_error" })])
        );
        for (int point = 0; point < _result.Plan.TracePoints; point++)
        {
            string step = (point * Settings.TraceEvery).ToString(CultureInfo.InvariantCulture);
            writer.WriteLine(
                string.Join(',', [step, .. columns.SelectMany(c => new[] { Text(c[point].Mean), Text(c[point].StandardError) })])
            );
        }
    }

    /// <summary>
    /// Writes a line per replica as comma-separated values: its number, the time averages of its measures if there are any, and its final
    /// weights.
    /// </summary>
    /// <remarks>As <see cref="WriteTraceCsv"/>. The parts of a streamed ensemble make one table: leave out the header of all but the first.</remarks>
    /// <param name="writer">Where to.</param>
    /// <param name="header">Whether the header line comes first.</param>
    /// <exception cref="ArgumentNullException">The writer is null.</exception>
    public void WriteReplicasCsv(TextWriter writer, bool header = true)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Measure[] averaged = IsAveraged ? [.. Settings.Measures] : [];
        int dimension = Simulation.Problem.Dimension;
        int auxiliary = Simulation.Rule.HasAuxiliary ? dimension : 0;
        if (header)
        {
            writer.WriteLine(
                string.Join(
                    ',',
                    [
                        "replica",
                        .. averaged.Select(measure => $"mean_{measure.Column}"),
                        .. Enumerable.Range(0, dimension).Select(d => string.Create(CultureInfo.InvariantCulture, $"weight_{d}")),
                        .. Enumerable.Range(0, auxiliary).Select(d => string.Create(CultureInfo.InvariantCulture, $"auxiliary_{d}")),
                    ]
                )
            );
        }

        for (int replica = 0; replica < Settings.Replicas; replica++)
        {
            writer.WriteLine(
                string.Join(
                    ',',
                    [
                        Number(replica).ToString(CultureInfo.InvariantCulture),
                        .. averaged.Select(measure => Text(AverageByReplica(measure)[replica])),
                        .. FinalWeights(replica).Select(Text),
                        .. FinalAuxiliary(replica).Select(Text),
                    ]
                )
            );
        }
    }

    /// <summary>Writes all that the run left as one JSON object: what was run, traces, averages, and the final states of all replicas.</summary>
    /// <remarks>
    /// What was run is enough to run it again: problem, noise, rule, the devices with their parameters, start, batch, steps, seed and what was
    /// averaged. Of a problem or device of your own it has the constants; the functions are yours. Symbols stand as they are, in UTF-8. Traces and averages are objects of "mean", "standardError" and "count". Numbers that JSON does not know are the texts "NaN",
    /// "Infinity" and "-Infinity".
    /// </remarks>
    /// <param name="stream">Where to, in UTF-8; it stays open.</param>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    public void WriteJson(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using Utf8JsonWriter json = new(
            stream,
            new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        json.WriteStartObject();
        WhatRan(json);
        json.WriteNumber("diverged", Diverged);
        json.WriteStartArray("tracedSteps");
        foreach (long step in TracedSteps)
        {
            json.WriteNumberValue(step);
        }

        json.WriteEndArray();
        json.WriteStartArray("measures");
        foreach (Measure measure in Settings.Measures)
        {
            json.WriteStartObject();
            json.WriteString("name", measure.Column);
            json.WriteString("symbol", measure.Name);
            if (IsAveraged)
            {
                json.WritePropertyName("average");
                Write(json, Average(measure));
            }

            if (_result.Plan.TracePoints > 0)
            {
                json.WriteStartArray("trace");
                foreach (Estimate estimate in Trace(measure))
                {
                    Write(json, estimate);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("states");
        for (int replica = 0; replica < Settings.Replicas; replica++)
        {
            json.WriteStartObject();
            json.WriteNumber("replica", Number(replica));
            Write(json, "weights", FinalWeights(replica).AsSpan());
            if (Simulation.Rule.HasAuxiliary)
            {
                Write(json, "auxiliary", FinalAuxiliary(replica).AsSpan());
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WhatRan(Utf8JsonWriter json)
    {
        Problem problem = Simulation.Problem;
        json.WriteStartObject("problem");
        json.WriteString("name", problem.Name);
        json.WriteNumber("dimension", problem.Dimension);
        Write(json, "smoothness", problem.Smoothness);
        Write(json, "strongConvexity", problem.StrongConvexity);
        Write(json, "minimum", problem.Minimum);
        Write(json, "minimizer", problem.Minimizer.AsSpan());
        if (problem.Curvatures is { } curvatures)
        {
            Write(json, "curvatures", curvatures);
        }

        json.WriteEndObject();
        Write(json, "noise", Simulation.Noise.Name, "", Simulation.Noise.Parameters);
        Write(json, "rule", Simulation.Rule.Name, Simulation.Rule.Source, Simulation.Rule.Parameters);
        json.WriteStartArray("devices");
        foreach (Device device in Simulation.Rule.Devices)
        {
            json.WriteStartObject();
            json.WriteString("name", device.Name);
            json.WriteString("source", device.Source);
            Write(json, device.Parameters);
            Write(json, "lower", device.Lower);
            Write(json, "upper", device.Upper);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "start", Simulation.Start.AsSpan());
        json.WriteString("batch", $"{Simulation.Batch}");
        json.WriteNumber("replicas", Settings.Replicas);
        json.WriteNumber("firstReplica", Settings.FirstReplica);
        json.WriteNumber("steps", Settings.Steps);
        json.WriteNumber("traceEvery", Settings.TraceEvery);
        json.WriteNumber("averageFrom", Settings.AveragedFrom);
        json.WriteNumber("seed", Settings.Seed);
    }

    private static void Write(Utf8JsonWriter json, string key, string name, string source, IReadOnlyDictionary<string, double> parameters)
    {
        json.WriteStartObject(key);
        json.WriteString("name", name);
        if (source.Length > 0)
        {
            json.WriteString("source", source);
        }

        Write(json, parameters);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, double> parameters)
    {
        json.WriteStartObject("parameters");
        foreach ((string symbol, double value) in parameters)
        {
            Write(json, symbol, value);
        }

        json.WriteEndObject();
    }

    private bool IsAveraged => Settings.AveragedFrom < Settings.Steps;

    private uint Number(int replica) => unchecked(Settings.FirstReplica + (uint)replica);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, Estimate estimate)
    {
        json.WriteStartObject();
        Write(json, "mean", estimate.Mean);
        Write(json, "standardError", estimate.StandardError);
        json.WriteNumber("count", estimate.Count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            WriteValue(json, value);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    private static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(Text(value));
        }
    }
}
