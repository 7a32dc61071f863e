using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AnalogTheory.Kernels.Rules;
using AnalogTheory.Kernels.Sampling;
using Microsoft.FSharp.Core;
using Core = AnalogTheory;

namespace AnalogTheory.CSharp;

public sealed partial class Rule
{
    /// <summary>A rule of your own with one array: W′ from W and g, coordinate by coordinate.</summary>
    /// <remarks>
    /// Ensembles call the function once per element and step, from several threads: it must be pure. What it throws ends the run.
    /// <see cref="FromKernel"/> is the fast form.
    /// </remarks>
    /// <param name="step">
    /// W′ from W, g, and the total of |gₙ| over the parts that g was sent in, which is |g| unless the batch is sent per sample.
    /// </param>
    /// <param name="parameters">Parameters by their symbols, for tables; null for none.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">The function or the name is null.</exception>
    public static Rule UserDefined(
        Func<double, double, double, double> step,
        IReadOnlyDictionary<string, double>? parameters = null,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(step);
        return FromKernel(
            new SuppliedRule(
                false,
                0.0,
                (ref double w, ref double _, double gradient, double magnitude) => w = step(w, gradient, magnitude)
            ),
            parameters,
            name
        );
    }

    /// <summary>
    /// A rule of your own with an auxiliary array P, P₀ = 0: W′ and P′ from W, P and g, coordinate by coordinate, g taken at W + γP.
    /// </summary>
    /// <remarks>As <see cref="UserDefined"/>.</remarks>
    /// <param name="step">W′ and P′ from W, P, g, and the total of |gₙ| over the parts that g was sent in.</param>
    /// <param name="mixing">γ ≥ 0, dimensionless; 0 takes the gradient at W.</param>
    /// <param name="parameters">Parameters by their symbols, for tables; null for none.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">The function or the name is null.</exception>
    /// <exception cref="ArgumentException">γ is not a finite number of at least 0.</exception>
    public static Rule UserDefinedWithAuxiliary(
        Func<double, double, double, double, WeightPair> step,
        double mixing = 0.0,
        IReadOnlyDictionary<string, double>? parameters = null,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(step);
        Require.nonNegative(nameof(mixing), mixing);
        return FromKernel(
            new SuppliedRule(
                true,
                mixing,
                (ref double w, ref double p, double gradient, double magnitude) => (w, p) = step(w, p, gradient, magnitude)
            ),
            parameters,
            name
        );
    }

    /// <summary>A rule of your own with any state, such as momentum or a history; g is taken at the state's W.</summary>
    /// <remarks>
    /// The slow form: every step makes new objects, one replica after the other, some hundred times as slow as the rules of the paper;
    /// <see cref="UserDefinedWithMemory"/> is nearly as fast as <see cref="UserDefined"/>. The bits are those of single runs; objective, noise and measures still run many replicas at
    /// once. The functions are called from several threads and must be pure: a step returns a new state and leaves the old one alone.
    /// </remarks>
    /// <typeparam name="TState">State, an immutable type.</typeparam>
    /// <param name="init">The state before the first step, from W₀.</param>
    /// <param name="step">The state after a step.</param>
    /// <param name="weights">W of a state; length D.</param>
    /// <param name="auxiliary">P of a state, for traces and measures of it; length D. Null for none.</param>
    /// <param name="parameters">Parameters by their symbols, for tables; null for none.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">A function but the auxiliary one, or the name, is null.</exception>
    public static Rule UserDefinedWithState<TState>(
        Func<ImmutableArray<double>, TState> init,
        Func<TState, StepInput, TState> step,
        Func<TState, ImmutableArray<double>> weights,
        Func<TState, ImmutableArray<double>>? auxiliary = null,
        IReadOnlyDictionary<string, double>? parameters = null,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(init);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(name);
        return new(
            Core.Rule.pack(
                UserDefinedRule.ofState(
                    name,
                    Edge.Listed(parameters),
                    FuncConvert.FromFunc<Weights, TState>(w => init(w.Values)),
                    FuncConvert.FromFunc<Key, Gradient, TState, TState>((key, gradient, state) => step(state, new(key.Bits, gradient))),
                    FuncConvert.FromFunc<TState, Weights>(state => Edge.Vector(weights(state), "weights(state)")),
                    auxiliary is null
                        ? FSharpOption<FSharpFunc<TState, Weights>>.None
                        : FuncConvert.FromFunc<TState, Weights>(state => Edge.Vector(auxiliary(state), "auxiliary(state)"))
                )
            )
        );
    }

    /// <summary>
    /// A rule of your own that remembers some numbers of every weight from step to step, such as a momentum or the averages of Adam.
    /// </summary>
    /// <remarks>
    /// <code>
    /// Rule momentum = Rule.UserDefinedWithMemory(
    ///     memory: 1,
    ///     (ref double w, Span&lt;double&gt; velocity, double gradient, double _, long _) =&gt;
    ///     {
    ///         velocity[0] = 0.9 * velocity[0] + gradient;
    ///         w -= 0.001 * velocity[0];
    ///     });
    /// </code>
    /// Many times as fast as <see cref="UserDefinedWithState"/>, because a step makes no new objects. The memory begins with zeros. Ensembles call
    /// the function from several threads: it must depend on its arguments only.
    /// </remarks>
    /// <param name="memory">How many numbers of a weight are remembered, at least 1.</param>
    /// <param name="step">One step of one weight: changes W and the memory in place.</param>
    /// <param name="parameters">Parameters by their symbols, for tables; null for none.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">The function or the name is null.</exception>
    /// <exception cref="ArgumentException">memory is below 1.</exception>
    public static Rule UserDefinedWithMemory(
        int memory,
        MemoryStep step,
        IReadOnlyDictionary<string, double>? parameters = null,
        string name = "user-defined"
    )
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(name);
        return new(Core.Rule.pack(UserDefinedRule.withMemory(name, Edge.Listed(parameters), memory, step)));
    }

    /// <summary>A rule of your own over lanes, as fast as the rules of the paper: the algebra form.</summary>
    /// <remarks>
    /// Derive from <see cref="UpdateRule"/>; its one line returns a <see cref="CoordinateKernel{T, TStep}"/> around a struct that implements
    /// <see cref="IRuleStep{T}"/>.
    /// </remarks>
    /// <param name="kernel">The rule with its lane width open.</param>
    /// <param name="parameters">Parameters by their symbols, for tables; null for none.</param>
    /// <param name="name">Name for tables and messages.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException">The kernel or the name is null.</exception>
    /// <exception cref="ArgumentException">The kernel's γ is not a finite number of at least 0.</exception>
    public static Rule FromKernel(UpdateRule kernel, IReadOnlyDictionary<string, double>? parameters = null, string name = "user-defined")
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(name);
        return new(
            kernel.HasAuxiliary
                ? Core.Rule.pack(UserDefinedRule.twoArraysOfKernel(name, Edge.Listed(parameters), kernel))
                : Core.Rule.pack(UserDefinedRule.ofKernel(name, Edge.Listed(parameters), kernel))
        );
    }
}

/// <summary>One coordinate of W and of P after a step.</summary>
/// <param name="Main">W′.</param>
/// <param name="Auxiliary">P′.</param>
public readonly record struct WeightPair(double Main, double Auxiliary);

/// <summary>What a step of a rule of your own is given besides its state. Immutable.</summary>
public sealed class StepInput
{
    private readonly ulong _key;
    private readonly ImmutableArray<double> _magnitude;

    internal StepInput(ulong key, Gradient gradient)
    {
        _key = key;
        Gradient = gradient.Mean.Values;
        _magnitude = gradient.Magnitude is { } magnitude ? magnitude.Value.Values : default;
    }

    /// <summary>Stochastic gradient g = ∇f(W) + ε, loss/weight; length D.</summary>
    public ImmutableArray<double> Gradient { get; }

    /// <summary>Total of |gₙ| over the parts that g was sent in, loss/weight; |g| unless the batch is sent per sample; length D.</summary>
    public ImmutableArray<double> Magnitude => _magnitude.IsDefault ? [.. Gradient.Select(Math.Abs)] : _magnitude;

    /// <summary>A uniform in (0, 1) of this step's own, for rules that draw: a function of seed, replica, step and index.</summary>
    /// <param name="index">Which one; <see cref="Normal"/> of the same index is made of the same bits.</param>
    /// <returns>The number.</returns>
    public double Uniform(uint index) => Kernels.Sampling.Uniform.At(_key, Purpose.General, 0, index);

    /// <summary>A standard normal of this step's own; see <see cref="Uniform"/>.</summary>
    /// <param name="index">Which one.</param>
    /// <returns>The number.</returns>
    public double Normal(uint index) => Gaussian.At(_key, Purpose.General, 0, index);
}
