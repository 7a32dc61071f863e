using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AnalogTheory.Tiles.Arrays;

namespace AnalogTheory.Tiles.Algorithms;

/// <summary>The training algorithms by the names that the field knows, with settings to begin with.</summary>
/// <remarks>
/// Transfer algorithms read the whole fast array once a mini-batch, except where their scheme is a line a sample; thresholds and chopping are AIHWKIT's
/// defaults or those of its published networks. For other settings use the algorithms' own types.
/// </remarks>
public static class ArrayAlgorithms
{
    private static readonly ImmutableArray<(
        string Name,
        string About,
        Func<Func<int, IWeightArray>, UpdateSettings, IArrayAlgorithm> Make
    )> s_all =
    [
        ("sgd", "Analog SGD: every sample's gradient to the weights", (array, update) => new PulsedSgd(array(0), update)),
        (
            "tiki-taka",
            "TTv1: gradients to A, W moves by what is read from A",
            (array, update) => Transfer(array, (fast, slow) => new TikiTaka(fast, slow, Whole<TikiTakaSettings>(slow, update)))
        ),
        (
            "residual",
            "Residual learning v1: the network computes with W + γP, γ = .4",
            (array, update) =>
                Transfer(array, (fast, slow) => new TikiTaka(fast, slow, Whole<TikiTakaSettings>(slow, update) with { Mixing = 0.4 }))
        ),
        (
            "residual-v2",
            "Residual learning v2: P through a leaky buffer that fires whole pulses, γ = .4, β = .1",
            (array, update) =>
                Transfer(
                    array,
                    (fast, slow) =>
                        new TikiTakaV2(
                            fast,
                            slow,
                            Whole<TikiTakaV2Settings>(slow, update) with
                            {
                                Mixing = 0.4,
                                TransferRate = Rate.Absolute(0.1),
                                Decay = 0.1,
                                Momentum = 0.0,
                                Forgets = false,
                                TransferUpdate = TransferSettings.OnePulse,
                            }
                        )
                )
        ),
        (
            "ttv2",
            "TTv2: a line a sample, through a buffer that fires whole pulses",
            (array, update) =>
                Transfer(
                    array,
                    (fast, slow) =>
                        new ChoppedTikiTaka(
                            fast,
                            slow,
                            new ChoppedSettings
                            {
                                ChopProbability = 0.0,
                                FastRate = Rate.Absolute(0.5),
                                AutoGranularity = 1000.0,
                                GradientUpdate = update,
                            }
                        )
                )
        ),
        (
            "c-ttv2",
            "Chopped TTv2: gradients reach A with signs that flip at random",
            (array, update) =>
                Transfer(
                    array,
                    (fast, slow) =>
                        new ChoppedTikiTaka(
                            fast,
                            slow,
                            new ChoppedSettings
                            {
                                FastRate = Rate.Absolute(0.1),
                                AutoScale = true,
                                AutoGranularity = 1000.0,
                                GradientUpdate = update,
                            }
                        )
                )
        ),
        (
            "agad",
            "AGAD: chopped, and A's reference is measured on the way",
            (array, update) =>
                Transfer(
                    array,
                    (fast, slow) =>
                        new Agad(
                            fast,
                            slow,
                            new AgadSettings
                            {
                                FastRate = Rate.Absolute(0.1),
                                AutoScale = true,
                                AutoGranularity = 1000.0,
                                TailWeight = 10.0,
                                GradientUpdate = update,
                            }
                        )
                )
        ),
        (
            "rider",
            "RIDER: residual learning on P − Q, Q following P's symmetric point; γ = .1",
            (array, update) => Transfer(array, (fast, slow) => new Rider(fast, slow, Whole<RiderSettings>(slow, update)))
        ),
        (
            "e-rider",
            "E-RIDER: RIDER with a sign that flips at random, p = .1",
            (array, update) =>
                Transfer(array, (fast, slow) => new Rider(fast, slow, Whole<RiderSettings>(slow, update) with { ChopProbability = 0.1 }))
        ),
        (
            "mixed-precision",
            "Gradients add up digitally; W receives the whole pulses that they are worth",
            (array, update) => new MixedPrecision(array(0), new MixedPrecisionSettings { Update = update })
        ),
        (
            "multi-tile",
            "Multi-tile residual learning: four tiles, W = Σγⁿ·Wₙ, γ = .5, all in use from the start",
            (array, update) =>
                new MultiTile(
                    [array(0), array(1), array(2), array(3)],
                    new MultiTileSettings { SwitchesTiles = false, GradientUpdate = update }
                )
        ),
    ];

    /// <summary>All names, each with a few words on what it does.</summary>
    public static ImmutableArray<(string Name, string About)> All { get; } = [.. s_all.Select(entry => (entry.Name, entry.About))];

    /// <summary>The algorithm of a name, over new arrays.</summary>
    /// <param name="name">Name, see <see cref="All"/>.</param>
    /// <param name="array">Makes array 0, 1, …, all of one shape; array 0 is the one that the network computes with, or its largest part.</param>
    /// <param name="update">Circuit that sends gradients; null for the default.</param>
    /// <returns>The algorithm.</returns>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static IArrayAlgorithm Named(string name, Func<int, IWeightArray> array, UpdateSettings? update = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(array);
        foreach ((string known, _, Func<Func<int, IWeightArray>, UpdateSettings, IArrayAlgorithm> make) in s_all)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return make(array, update ?? UpdateSettings.Default);
            }
        }

        throw new ArgumentException(
            $"Expected one of {string.Join(", ", s_all.Select(entry => entry.Name))}, got \"{name}\".",
            nameof(name)
        );
    }

    private static TAlgorithm Transfer<TAlgorithm>(Func<int, IWeightArray> array, Func<IWeightArray, IWeightArray, TAlgorithm> make)
    {
        IWeightArray slow = array(0);
        return make(array(1), slow);
    }

    private static TSettings Whole<TSettings>(IWeightArray slow, UpdateSettings update)
        where TSettings : TransferSettings, new()
    {
        TransferSettings settings = new TSettings();
        return (TSettings)(settings with { Schedule = TransferSchedule.WholeArray(slow.Inputs), GradientUpdate = update });
    }
}
