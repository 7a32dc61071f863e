using System;

namespace AnalogTheory.Tiles.Arrays;

/// <summary>The port between algorithms and arrays: all that an algorithm may do to an array of weights. It tells nothing about devices.</summary>
/// <remarks>
/// An array is a description and never changes; its weights are an <see cref="ArrayState"/> that each call gets. The members here work in place
/// and reuse their buffers; <see cref="ArraySteps"/> has the same steps from state to state, with the same bits.
/// <para>Randomness is a function of the key: the same call with the same key, state and numbers gives the same bits on any number of threads and
/// at any vector width. Reads, transposed reads, updates and resets draw from streams of their own, so one key serves one call of each; two updates
/// of one step need two keys (<see cref="Kernels.Sampling.Keys.Fold"/>). The samples of a mini-batch are kept apart by the array.</para>
/// <para>Shapes: x has <see cref="Inputs"/> numbers a sample and d has <see cref="Outputs"/>; a mini-batch is its samples one after the other. Weight
/// (i, j) connects input j to output i. Shapes that do not fit raise <see cref="ArgumentException"/> before anything changes.</para>
/// </remarks>
public interface IWeightArray
{
    /// <summary>Number of outputs: rows.</summary>
    int Outputs { get; }

    /// <summary>Number of inputs: columns.</summary>
    int Inputs { get; }

    /// <summary>Δw_min &gt; 0, unit of weight: the nominal size of a pulse, by which an algorithm measures thresholds. Positive also without pulses.</summary>
    double Granularity { get; }

    /// <summary>Nominal number of pulses from one bound to the other, (w_max − w_min)/Δw_min; infinite without bounds.</summary>
    double States { get; }

    /// <summary>Whether updates move weights by any amount, as in the limit Δw_min → 0; else by whole pulses.</summary>
    bool IsContinuous { get; }

    /// <summary>A new state with all weights 0, or at the nearest weight that an element can have.</summary>
    ArrayState Init();

    /// <summary>Puts the weights to numbers, or to the nearest ones that the elements can have.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key, for write noise.</param>
    /// <param name="weights">Outputs·Inputs numbers, row after row; unit of weight.</param>
    void Set(ArrayState state, ulong key, ReadOnlySpan<float> weights);

    /// <summary>y = W·x through the forward periphery, for one sample or a mini-batch.</summary>
    /// <param name="state">Weights.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="x">Inputs numbers a sample.</param>
    /// <param name="y">Receives Outputs numbers a sample.</param>
    void Forward(ArrayState state, ulong key, ReadOnlySpan<float> x, Span<float> y);

    /// <summary>x = Wᵀ·d through the backward periphery, for one sample or a mini-batch.</summary>
    /// <param name="state">Weights.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="d">Outputs numbers a sample.</param>
    /// <param name="x">Receives Inputs numbers a sample.</param>
    void Backward(ArrayState state, ulong key, ReadOnlySpan<float> d, Span<float> x);

    /// <summary>Reads one column with a one-hot input through the transfer periphery.</summary>
    /// <param name="state">Weights.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="column">j, 0 … Inputs − 1.</param>
    /// <param name="values">Receives Outputs numbers, unit of weight.</param>
    void ReadColumn(ArrayState state, ulong key, int column, Span<float> values);

    /// <summary>Reads one row with a one-hot input, transposed, through the transfer periphery.</summary>
    /// <param name="state">Weights.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="row">i, 0 … Outputs − 1.</param>
    /// <param name="values">Receives Inputs numbers, unit of weight.</param>
    void ReadRow(ArrayState state, ulong key, int row, Span<float> values);

    /// <summary>Moves W by about −learningRate·d·xᵀ, sample after sample; all x and d are fixed before the first.</summary>
    /// <remarks>Nothing is averaged: a mean over a mini-batch has its 1/N inside d. A learning rate below 0 moves the other way.</remarks>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="settings">Update circuit; ignored without pulses.</param>
    /// <param name="x">Inputs numbers a sample.</param>
    /// <param name="d">Outputs numbers a sample.</param>
    /// <param name="learningRate">Finite; weight per unit of d·x.</param>
    UpdateInfo Update(
        ArrayState state,
        ulong key,
        UpdateSettings settings,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> d,
        double learningRate
    );

    /// <summary>Moves one column by about −learningRate·d: the update whose x is 1 at one input and 0 elsewhere, bit for bit.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="settings">Update circuit; ignored without pulses.</param>
    /// <param name="column">j, 0 … Inputs − 1.</param>
    /// <param name="d">Outputs numbers.</param>
    /// <param name="learningRate">Finite.</param>
    UpdateInfo UpdateColumn(ArrayState state, ulong key, UpdateSettings settings, int column, ReadOnlySpan<float> d, double learningRate);

    /// <summary>Moves one row by about −learningRate·x: the update whose d is 1 at one output and 0 elsewhere, bit for bit.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="settings">Update circuit; ignored without pulses.</param>
    /// <param name="row">i, 0 … Outputs − 1.</param>
    /// <param name="x">Inputs numbers.</param>
    /// <param name="learningRate">Finite.</param>
    UpdateInfo UpdateRow(ArrayState state, ulong key, UpdateSettings settings, int row, ReadOnlySpan<float> x, double learningRate);

    /// <summary>Resets columns to where the devices' reset puts them; with several, each element draws its own noise.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="first">First column, 0 … Inputs − 1.</param>
    /// <param name="count">Number of columns, 1 … Inputs; after the last comes the first.</param>
    void ResetColumns(ArrayState state, ulong key, int first, int count);

    /// <summary>What happens to the weights by themselves between two mini-batches: decay and diffusion.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key.</param>
    void Relax(ArrayState state, ulong key);
}
