using System;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Pulses;
using AnalogTheory.Kernels.Sampling;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Elements;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>An array of elements of one kind of device, each with parameters of its own.</summary>
public abstract class DeviceArray : WeightArray
{
    // An update and what follows it may have one key: the noise of a reset or of drift is none of a sample's.
    private const uint OfNoSample = uint.MaxValue;

    private protected DeviceArray(DeviceSettings device, int outputs, int inputs, ulong deviceKey)
        : base(outputs, inputs)
    {
        ArgumentNullException.ThrowIfNull(device);
        Device = device;
        DeviceKey = deviceKey;
        Elements = new(device, outputs, inputs, deviceKey);
    }

    /// <summary>Kind of device, and how much elements differ.</summary>
    public DeviceSettings Device { get; }

    /// <summary>The key from which the elements were drawn: the same key and shape give the same elements.</summary>
    public ulong DeviceKey { get; }

    /// <inheritdoc/>
    public override double Granularity => Device.PulseGranularity;

    /// <inheritdoc/>
    public override double States => (Device.UpperBound - Device.LowerBound) / Device.PulseGranularity;

    internal ElementTable Elements { get; }

    private bool HasWriteNoise => Device.WriteNoise > 0.0;

    /// <inheritdoc/>
    public override ArrayState Init()
    {
        ArrayState state = new(new Grid(Outputs, Inputs), HasWriteNoise ? new Grid(Outputs, Inputs) : null);
        Clip(state.Weights);
        state.Hidden?.CopyFrom(state.Weights);
        return state;
    }

    /// <inheritdoc/>
    public override void Set(ArrayState state, ulong key, ReadOnlySpan<float> weights)
    {
        base.Set(state, key, weights);
        Clip(state.Weights);
        if (state.Hidden is not null)
        {
            state.Hidden.CopyFrom(state.Weights);
            if (Device.WriteNoiseOnSet)
            {
                DrawVisible(state, new(key, 0));
            }
        }
    }

    /// <inheritdoc/>
    public override void ResetColumns(ArrayState state, ulong key, int first, int count)
    {
        Shapes.RequireState(this, state);
        Shapes.RequireIndex(first, Inputs, nameof(first));
        Shapes.RequireIndex(count - 1, Inputs, nameof(count));
        Grid weights = state.Hidden ?? state.Weights;
        for (int i = 0; i < Outputs; i++)
        {
            for (int n = 0; n < count; n++)
            {
                ResetElement(weights, key, i, (first + n) % Inputs);
            }
        }

        Settle(state, weights, key);
    }

    /// <summary>Resets the elements of a column that are marked.</summary>
    internal void ResetElements(ArrayState state, ulong key, int column, ReadOnlySpan<bool> isMarked)
    {
        Grid weights = state.Hidden ?? state.Weights;
        for (int i = 0; i < Outputs; i++)
        {
            if (isMarked[i])
            {
                ResetElement(weights, key, i, column);
            }
        }

        Settle(state, weights, key);
    }

    /// <inheritdoc/>
    public override void Relax(ArrayState state, ulong key)
    {
        base.Relax(state, key);
        if (Elements.Decay is null && Elements.Diffusion is null)
        {
            return;
        }

        Grid weights = state.Hidden ?? state.Weights;
        Span<float> normals = Workspace.OfThread.Noise.Room(Inputs);
        for (int i = 0; i < Outputs; i++)
        {
            Span<float> row = weights.Row(i);
            if (Elements.Decay is not null)
            {
                Span<float> decay = Elements.Decay.Row(i);
                Span<float> target = Elements.ResetTarget.Row(i);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] = MathF.FusedMultiplyAdd(row[j] - target[j], decay[j], target[j]);
                }
            }

            if (Elements.Diffusion is not null)
            {
                Span<float> diffusion = Elements.Diffusion.Row(i);
                Gaussian.Fill(key, Purpose.Diffusion, 0, (ulong)i << 32, normals);
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] = MathF.FusedMultiplyAdd(diffusion[j], normals[j], row[j]);
                }
            }
        }

        Settle(state, weights, key);
    }

    /// <summary>Moves the weights of a matrix into the elements' bounds.</summary>
    private protected void Clip(Grid weights)
    {
        for (int i = 0; i < Outputs; i++)
        {
            Span<float> row = weights.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = Pulse
                    .Clip<ScalarSingle>(new(row[j]), new(Elements[Parameter.Lower, i, j]), new(Elements[Parameter.Upper, i, j]))
                    .Value;
            }
        }
    }

    private void ResetElement(Grid weights, ulong key, int row, int column)
    {
        float deviation = (float)Device.ResetNoise;
        float xi = deviation == 0.0f ? 0.0f : Gaussian.AtSingle(key, Purpose.Reset, 0, ((ulong)row << 32) + (ulong)column);
        weights[row, column] = MathF.FusedMultiplyAdd(deviation, xi, Elements.ResetTarget[row, column]);
    }

    private void Settle(ArrayState state, Grid changed, ulong key)
    {
        Clip(changed);
        if (state.Hidden is not null)
        {
            DrawVisible(state, new(key, OfNoSample));
        }
    }

    private void DrawVisible(ArrayState state, Draws draws) =>
        WriteNoise.All(state, draws, (float)(Device.WriteNoise * Device.Granularity), Workspace.OfThread);
}
