using System;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Elements;
using AnalogTheory.Tiles.Periphery;

namespace AnalogTheory.Tiles.Pulses;

/// <summary>One rank-1 update, ready to be sent: its plan, its trains, and where it goes. Threads share it and only read.</summary>
internal sealed class PulsedUpdate
{
    /// <summary>Lines of inputs, from <see cref="FirstColumn"/>; padded with zeros.</summary>
    private int _columns;

    private int _rows;
    private Workspace _work = null!;

    internal ElementTable Elements { get; private set; } = null!;

    internal DeviceSettings Device { get; private set; } = null!;

    internal ArrayState State { get; private set; } = null!;

    internal Draws Draws { get; private set; }

    internal PulsePlan Plan { get; private set; }

    internal PulseType Type { get; private set; }

    internal bool PulseByPulse { get; private set; }

    /// <summary>−1 for a learning rate above 0.</summary>
    internal float Sign { get; private set; }

    /// <summary>Whether no row has a bit, so that no element has a pulse: frequent where few are wanted, as with a single row; then no columns are drawn.</summary>
    internal bool IsSilent { get; private set; }

    /// <summary>First column, a multiple of 16.</summary>
    internal int FirstColumn { get; private set; }

    /// <summary>Number of columns, a multiple of 16.</summary>
    internal int Columns => _columns;

    /// <summary>First row, a multiple of 16.</summary>
    internal int FirstRow { get; private set; }

    /// <summary>Number of rows, a multiple of 16; the last ones may be none of the array's.</summary>
    internal int Rows => _rows;

    /// <summary>x, padded.</summary>
    internal ReadOnlySpan<float> X => _work.Inputs.Room(_columns + _rows)[.._columns];

    /// <summary>d, padded.</summary>
    internal ReadOnlySpan<float> D => _work.Inputs.Room(_columns + _rows)[_columns..];

    /// <summary>p_x of each column.</summary>
    internal ReadOnlySpan<double> InputProbabilities => _work.InputProbabilities.Room(_columns);

    /// <summary>p_d of each row.</summary>
    internal ReadOnlySpan<double> OutputProbabilities => _work.OutputProbabilities.Room(_rows);

    /// <summary>Word k of column j at k·Columns + j.</summary>
    internal ReadOnlySpan<uint> InputWords => _work.InputWords.Room(BitTrains.Words(Plan.BitLength) * _columns);

    /// <summary>Word k of row i at k·Rows + i; for split trains those for negative inputs follow.</summary>
    internal ReadOnlySpan<uint> OutputWords =>
        _work.OutputWords.Room(BitTrains.Words(Plan.BitLength) * _rows * (Type == PulseType.Stochastic ? 2 : 1));

    private Span<float> Lines => _work.Inputs.Room(_columns + _rows);

    /// <summary>Makes the update ready.</summary>
    /// <returns>Whether anything has to be sent.</returns>
    internal bool Prepare(
        Workspace work,
        ElementTable elements,
        DeviceSettings device,
        ArrayState state,
        Draws draws,
        UpdateSettings settings,
        Part x,
        Part d,
        double learningRate
    )
    {
        _work = work;
        Elements = elements;
        Device = device;
        State = state;
        Draws = draws;
        Type = settings.Type;
        PulseByPulse = settings.PulseByPulse;
        Sign = learningRate > 0.0 ? -1.0f : 1.0f;
        FirstColumn = x.First / Grid.Line * Grid.Line;
        _columns = Grid.Padded(x.First + x.Values.Length - FirstColumn);
        FirstRow = d.First / Grid.Line * Grid.Line;
        _rows = Grid.Padded(d.First + d.Values.Length - FirstRow);
        Plan = PulsePlan.Of(
            settings,
            (float)Math.Abs(learningRate),
            (float)device.PulseGranularity,
            Converter.LargestMagnitude(x.Values),
            Converter.LargestMagnitude(d.Values)
        );
        if (Plan.BitLength == 0)
        {
            return false;
        }

        Lines.Clear();
        x.Values.CopyTo(Lines[(x.First - FirstColumn)..]);
        d.Values.CopyTo(Lines[(_columns + d.First - FirstRow)..]);
        bool trains = Type is PulseType.Stochastic or PulseType.StochasticCompressed;
        bool isImplicit = Type == PulseType.DeterministicImplicit;
        double inputStep = isImplicit ? settings.InputResolution : settings.Resolution;
        double outputStep = isImplicit ? settings.OutputResolution : settings.Resolution;
        Span<double> inputs = work.InputProbabilities.Room(_columns);
        Span<double> outputs = work.OutputProbabilities.Room(_rows);
        Probabilities(D, Plan.OutputScale, outputStep, settings.StochasticRounding, Group.Outputs, FirstRow, outputs);
        IsSilent = trains && !DrawOutputs(outputs);
        if (IsSilent)
        {
            return true;
        }

        Probabilities(X, Plan.InputScale, inputStep, settings.StochasticRounding, Group.Inputs, FirstColumn, inputs);
        if (trains)
        {
            Span<uint> inputWords = work.InputWords.Room(BitTrains.Words(Plan.BitLength) * _columns);
            BitTrains.Draw(draws, Group.Inputs, FirstColumn, inputs, Plan.BitLength, inputWords, work);
        }

        return true;
    }

    // The trains of the rows; whether any bit is set in them.
    private bool DrawOutputs(ReadOnlySpan<double> outputs)
    {
        int words = BitTrains.Words(Plan.BitLength);
        bool split = Type == PulseType.Stochastic;
        Span<uint> outputWords = _work.OutputWords.Room(words * _rows * (split ? 2 : 1));
        BitTrains.Draw(Draws, Group.Outputs, FirstRow, outputs, Plan.BitLength, outputWords, _work);
        if (split)
        {
            BitTrains.Draw(Draws, Group.OutputsOfNegative, FirstRow, outputs, Plan.BitLength, outputWords[(words * _rows)..], _work);
        }

        return outputWords.IndexOfAnyExcept(0u) >= 0;
    }

    private void Probabilities(
        ReadOnlySpan<float> lines,
        float scale,
        double resolution,
        bool atRandom,
        int group,
        int firstLine,
        Span<double> probabilities
    )
    {
        Span<double> uniforms = default;
        float step = (float)resolution;
        if (step > 0.0f && atRandom)
        {
            uniforms = _work.Uniforms.Room(lines.Length);
            Uniform.Fill(Draws.Key, Purpose.Rounding, Draws.Sample, ((ulong)group << 32) + (ulong)firstLine, uniforms);
        }

        for (int j = 0; j < lines.Length; j++)
        {
            float p = scale * MathF.Abs(lines[j]);
            if (step > 0.0f && p != 0.0f)
            {
                float steps = p / step;
                p = step * MathF.Round(uniforms.IsEmpty ? steps : steps + (float)(uniforms[j] - 0.5));
            }

            probabilities[j] = Math.Clamp(p, 0.0f, 1.0f);
        }
    }

    /// <summary>Groups of lines, each with trains of its own.</summary>
    private static class Group
    {
        internal const int Inputs = 0;
        internal const int Outputs = 1;
        internal const int OutputsOfNegative = 2;
    }
}
