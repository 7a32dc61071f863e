using System;
using System.Runtime.Intrinsics;
using System.Threading;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Ensembles;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Pulses;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>An array whose elements move by pulses, as hardware does it.</summary>
/// <param name="device">Kind of device, and how much elements differ.</param>
/// <param name="outputs">Number of outputs, at least 1.</param>
/// <param name="inputs">Number of inputs, at least 1.</param>
/// <param name="deviceKey">64-bit key from which the elements are drawn.</param>
/// <exception cref="ArgumentException">The device's numbers describe no device, or the shape is none.</exception>
public sealed class PulsedArray(DeviceSettings device, int outputs, int inputs, ulong deviceKey)
    : DeviceArray(device, outputs, inputs, deviceKey)
{
    /// <inheritdoc/>
    public override bool IsContinuous => false;

    /// <summary>Threads of an update, at least 1; bits do not depend on it. Worth more than one from some hundred rows on.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Lanes to compute with, 1, 8 or 16; 0 for as many as the machine has. Bits do not depend on it.</summary>
    internal int Lanes { get; init; }

    private protected override UpdateInfo Send(ArrayState state, Draws draws, UpdateSettings settings, Part x, Part d, double learningRate)
    {
        if (settings.Type is PulseType.Exact or PulseType.ExactWithBounds)
        {
            OuterProduct.Add(state.Hidden ?? state.Weights, x, d, learningRate);
            if (settings.Type == PulseType.ExactWithBounds)
            {
                Clip(state.Hidden ?? state.Weights);
            }

            if (state.Hidden is not null)
            {
                state.Weights.CopyFrom(state.Hidden);
            }

            return default;
        }

        Workspace work = Workspace.OfThread;
        PulsedUpdate update = work.Update;
        if (!update.Prepare(work, Elements, Device, state, draws, settings, x, d, learningRate))
        {
            return default;
        }

        if (update.IsSilent)
        {
            return new(update.Plan.BitLength, 0);
        }

        int blocks = update.Rows / RowBlock<ScalarSingle>.Rows;
        long pulses = 0;
        if (Threads <= 1 || blocks == 1)
        {
            for (int block = 0; block < blocks; block++)
            {
                pulses += Block(update, block);
            }
        }
        else
        {
            pulses = Spread(update, blocks);
        }

        return new(update.Plan.BitLength, pulses);
    }

    private long Spread(PulsedUpdate update, int blocks)
    {
        long pulses = 0;
        BlockWork.Run(Threads, blocks, block => Interlocked.Add(ref pulses, Block(update, block)), CancellationToken.None);
        return pulses;
    }

    private long Block(PulsedUpdate update, int block) =>
        Lanes switch
        {
            1 => Block<ScalarSingle>(update, block),
            8 => Block<Lanes256Single>(update, block),
            16 => Block<Lanes512Single>(update, block),
            _ when Vector512.IsHardwareAccelerated => Block<Lanes512Single>(update, block),
            _ when Vector256.IsHardwareAccelerated => Block<Lanes256Single>(update, block),
            _ => Block<ScalarSingle>(update, block),
        };

    private long Block<T>(PulsedUpdate update, int block)
        where T : struct, ILanesSingle<T> => Device.Accept<T, RowBlock<T>, long>(new RowBlock<T>(update, block));
}
