using System;
using System.Collections.Generic;
using AnalogTheory.Tiles.Algorithms;
using AnalogTheory.Tiles.Arrays;
using AnalogTheory.Tiles.Devices;
using AnalogTheory.Tiles.Periphery;
using AnalogTheory.Training.Layers;
using AnalogTheory.Training.Runs;

namespace AnalogTheory.Training.Models;

/// <summary>What the papers' tables are trained with: rules and devices with the numbers of the authors' settings.</summary>
/// <remarks>
/// 2406.12774 (Analog SGD, Tiki-Taka; fast rate .01, which does not follow α, since the figures were made with AIHWKIT 0.9), 2502.06309 (residual learning: the
/// same with γ = .4), 2602.21321 (TTv2, AGAD and E-RIDER on devices with an offset symmetric point; ω = .3). There the rates, γ and E-RIDER's chopper are the
/// text's, and what the text leaves open is as in the authors' program, github.com/Jindanli898/E-RIDER: a column a mini-batch, single pulses to W through a digital
/// buffer, fast rates that do not follow α, transfer rates that do not for TTv2 (an option of the program) and E-RIDER, and do for AGAD.
/// </remarks>
public static class PaperRules
{
    /// <summary>Rules that can be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["digital-sgd", "analog-sgd", "tiki-taka", "residual-learning", "ttv2", "agad", "e-rider"];

    /// <summary>Devices that can be asked for.</summary>
    public static IReadOnlyList<string> Devices { get; } = ["soft-bounds-reference", "power", "exponential", "offset-symmetric-point"];

    private static readonly UpdateSettings s_five = new() { BitLength = 5 };

    /// <summary>The device of a cell.</summary>
    /// <param name="cell">Cell.</param>
    /// <returns>Device.</returns>
    internal static DeviceSettings DeviceOf(Cell cell)
    {
        DeviceSettings kind = cell.Device switch
        {
            "power" => new SymmetricPowerDevice { Exponent = cell.Exponent },
            "exponential" => new SymmetricExponentialDevice { Exponent = cell.Exponent },
            "offset-symmetric-point" => Offset(cell),
            _ => new SoftBoundsReferenceDevice(),
        };
        DeviceSettings device =
            cell.Device == "offset-symmetric-point"
                ? kind
                : kind with
                {
                    UpperBound = cell.Tau,
                    LowerBound = -cell.Tau,
                    Granularity = cell.Granularity,
                    CycleNoise = cell.CycleNoise,
                };
        device = cell.ConstantStep ? device.WithoutResponse() : device;
        return cell.DeviceVariation ? device : device.WithoutSpread();
    }

    internal static Hardware HardwareOf(Cell cell, int threads)
    {
        AnalogHardware hardware = new(DeviceOf(cell))
        {
            Pulsed = cell.Pulsed,
            Periphery = !cell.Periphery ? PeripherySettings.Perfect : PeripherySettings.Default,
            Threads = threads,
        };
        return cell.Rule switch
        {
            "digital-sgd" => Hardware.Digital,
            "analog-sgd" => hardware.Sgd(),
            "tiki-taka" => hardware.TikiTaka(
                new TikiTakaSettings { FastRate = Fast(cell, 0.01), TransferRate = Transfer(cell, Rate.Relative(1.0)) }
            ),
            "residual-learning" => hardware.TikiTaka(
                new TikiTakaSettings
                {
                    Mixing = 0.4,
                    FastRate = Fast(cell, 0.01),
                    TransferRate = Transfer(cell, Rate.Relative(1.0)),
                }
            ),
            "ttv2" when IsOffset(cell) => hardware.TikiTakaV2(
                new TikiTakaV2Settings
                {
                    GradientUpdate = s_five,
                    FastRate = Fast(cell, 0.03),
                    TransferRate = Transfer(cell, Rate.Absolute(0.01)),
                }
            ),
            "ttv2" => hardware.ChoppedTikiTaka(
                new ChoppedSettings
                {
                    ChopProbability = 0.0,
                    AutoGranularity = 1000.0,
                    GradientUpdate = s_five,
                    FastRate = Fast(cell, 0.5),
                    TransferRate = Transfer(cell, Rate.Relative(1.0)),
                }
            ),
            "agad" when IsOffset(cell) => hardware.Agad(OfERiderProgram(cell, 0.1, 0.05, Rate.Relative(0.3))),
            "agad" => hardware.Agad(
                new AgadSettings
                {
                    ChopProbability = cell.ChopProbability ?? 0.1,
                    AutoGranularity = 1000.0,
                    TailWeight = 10.0,
                    AutoScale = true,
                    GradientUpdate = s_five,
                    TransferUpdate = new UpdateSettings { BitLength = 1 },
                    FastRate = Fast(cell, 0.1),
                    TransferRate = Transfer(cell, Rate.Relative(1.0)),
                }
            ),
            _ => hardware.Agad(OfERiderProgram(cell, 0.05, 0.5, Rate.Absolute(0.05)) with { Mixing = cell.Mixing ?? 0.1 }),
        };
    }

    // What AGAD and E-RIDER share in the authors' program (github.com/Jindanli898/E-RIDER): a column a mini-batch, no automatic rate, single pulses to W.
    private static AgadSettings OfERiderProgram(Cell cell, double chopProbability, double fastRate, Rate transferRate) =>
        new()
        {
            ChopProbability = cell.ChopProbability ?? chopProbability,
            AutoGranularity = 1000.0,
            Schedule = TransferSchedule.EveryBatch,
            GradientUpdate = s_five,
            FastRate = Fast(cell, fastRate),
            TransferRate = Transfer(cell, transferRate),
        };

    internal static MatrixSettings MatrixOf(Cell cell) =>
        cell.LearnsOutputScale is { } learns ? Mapping(cell) with { LearnsOutputScale = learns } : Mapping(cell);

    private static MatrixSettings Mapping(Cell cell) =>
        cell.Rule switch
        {
            "digital-sgd" => new() { LearnsOutputScale = false },
            "ttv2" or "e-rider" => new() { WeightScaling = 0.3, WeightScalingByOutput = true },
            "agad" => new() { WeightScaling = IsOffset(cell) ? 0.3 : 0.6, WeightScalingByOutput = true },
            _ => MatrixSettings.Default,
        };

    internal static TrainingSettings TrainingOf(Cell cell) =>
        new()
        {
            BatchSize = cell.BatchSize ?? (cell.Model == "fcn" ? 10 : 8),
            LearningRate = cell.LearningRate ?? (cell.Rule == "digital-sgd" ? 0.1 : 0.05),
            Schedule = IsOffset(cell) ? new StepSchedule(15, 0.5) : LearningSchedule.Paper,
            Patience = cell.Patience,
            PixelMean = cell.Normalised ? 0.1307 : 0.0,
            PixelDeviation = cell.Normalised ? 0.3081 : 1.0,
            Bound =
                cell.Rule == "digital-sgd" ? 0.0
                : IsOffset(cell) ? 1.0
                : cell.Tau,
        };

    private static bool IsOffset(Cell cell) => cell.Device == "offset-symmetric-point";

    // arXiv 2602.21321: the bounds are ±1, whatever τ says.
    private static SoftBoundsReferenceDevice Offset(Cell cell) =>
        new()
        {
            UpperBound = 1.0,
            UpperBoundSpread = 0.4295,
            LowerBound = -1.0,
            LowerBoundSpread = 0.5990,
            Granularity = 0.4622,
            GranularitySpread = 0.7125,
            LogNormalGranularity = true,
            UpDownSpread = 0.01,
            CycleNoise = 0.2174,
            WriteNoise = 0.5841,
            SubtractSymmetricPoint = true,
            ReferenceMean = cell.OffsetMean,
            ReferenceSpread = cell.OffsetSpread,
        };

    private static Rate Fast(Cell cell, double paper) =>
        cell.FastRateIsRelative ? Rate.Relative(cell.FastRate ?? paper) : Rate.Absolute(cell.FastRate ?? paper);

    private static Rate Transfer(Cell cell, Rate paper) =>
        cell.TransferRate is not { } rate ? paper
        : cell.TransferRateIsAbsolute ? Rate.Absolute(rate)
        : Rate.Relative(rate);
}
