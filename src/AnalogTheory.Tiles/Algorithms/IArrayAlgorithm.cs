using System;
using System.Collections.Generic;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>A training algorithm over arrays: what a layer of a network, or a least-squares problem, sees in the place of a weight matrix.</summary>
/// <remarks>
/// An algorithm is a description and never changes; what changes is an <see cref="AlgorithmState"/>. It is written against <see cref="IWeightArray"/>
/// and knows no device, so it runs on pulsed arrays, in their limit Δw_min → 0, and exactly. The members here work in place; <see cref="AlgorithmSteps"/>
/// has the same steps from state to state, with the same bits. Randomness is a function of the key: every call of <see cref="Update"/> needs a key of its own.
/// An instance reuses buffers and must not be used by two threads at once.
/// </remarks>
public interface IArrayAlgorithm
{
    /// <summary>What it is called, such as "Tiki-Taka".</summary>
    string Name { get; }

    /// <summary>Number of outputs: rows of the visible weights.</summary>
    int Outputs { get; }

    /// <summary>Number of inputs: columns of the visible weights.</summary>
    int Inputs { get; }

    /// <summary>What the numbers of a state are, in their order, for plots, tests and files.</summary>
    StateNames Names { get; }

    /// <summary>A new state: all arrays at 0 (or at the nearest weight that an element can have), buffers empty.</summary>
    AlgorithmState Init();

    /// <summary>Puts the visible weights to numbers, auxiliary arrays to 0, and everything digital back to its start.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key, for write noise.</param>
    /// <param name="weights">Outputs·Inputs numbers, row after row; unit of weight.</param>
    void Set(AlgorithmState state, ulong key, ReadOnlySpan<float> weights);

    /// <summary>The weights that the network computes with, without any noise of reading.</summary>
    /// <param name="state">State.</param>
    /// <param name="weights">Receives Outputs·Inputs numbers, row after row; unit of weight.</param>
    void Get(AlgorithmState state, Span<float> weights);

    /// <summary>y = W·x through the forward periphery.</summary>
    /// <param name="state">State.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="x">Inputs numbers a sample.</param>
    /// <param name="y">Receives Outputs numbers a sample.</param>
    void Forward(AlgorithmState state, ulong key, ReadOnlySpan<float> x, Span<float> y);

    /// <summary>x = Wᵀ·d through the backward periphery.</summary>
    /// <param name="state">State.</param>
    /// <param name="key">64-bit key.</param>
    /// <param name="d">Outputs numbers a sample.</param>
    /// <param name="x">Receives Inputs numbers a sample.</param>
    void Backward(AlgorithmState state, ulong key, ReadOnlySpan<float> d, Span<float> x);

    /// <summary>Trains by one mini-batch: the gradient is Σ d·xᵀ over its samples, which are sent one after the other, and transfers follow as they fall due.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="key">64-bit key of this call.</param>
    /// <param name="x">Inputs numbers a sample.</param>
    /// <param name="d">Outputs numbers a sample; a mean over the batch has its 1/N inside.</param>
    /// <param name="learningRate">α, finite and not negative.</param>
    /// <returns>What was sent to all arrays together.</returns>
    UpdateInfo Update(AlgorithmState state, ulong key, ReadOnlySpan<float> x, ReadOnlySpan<float> d, double learningRate);
}

/// <summary>Names of the parts of an <see cref="AlgorithmState"/>, in their order.</summary>
/// <param name="Arrays">Arrays, the one that receives gradients first, such as "A" and "W".</param>
/// <param name="Buffers">Digital matrices, such as "H".</param>
/// <param name="Numbers">Digital numbers.</param>
/// <param name="Counters">Counters.</param>
public sealed record StateNames(
    IReadOnlyList<string> Arrays,
    IReadOnlyList<string> Buffers,
    IReadOnlyList<string> Numbers,
    IReadOnlyList<string> Counters
);
