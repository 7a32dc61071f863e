/// Axes as data.
namespace AnalogTheory.Plotting

/// <summary>How an axis maps values to lengths.</summary>
type Scale =
    /// Equal differences, equal lengths.
    | Linear
    /// Equal ratios, equal lengths; values that are not positive are gaps.
    | Logarithmic

/// <summary>One axis of a panel.</summary>
type Axis =
    {
        /// <summary>Label in <c>Markup</c>.</summary>
        Label: string
        /// Linear or logarithmic.
        Scale: Scale
        /// Ends of the axis; found from the data when absent.
        Range: (float * float) option
        /// Labelled positions; found from the range when absent.
        Ticks: (float * string) list option
    }

/// <summary>Makes axes.</summary>
[<RequireQualifiedAccess>]
module Axis =

    /// <summary>A linear axis with its range from the data.</summary>
    /// <param name="label">Label in <c>Markup</c>.</param>
    let linear (label: string) : Axis = { Label = label; Scale = Linear; Range = None; Ticks = None }

    /// <summary>A logarithmic axis with its range from the data.</summary>
    /// <param name="label">Label in <c>Markup</c>.</param>
    let log (label: string) : Axis = { Label = label; Scale = Logarithmic; Range = None; Ticks = None }

    /// <summary>The axis with given ends.</summary>
    /// <param name="low">Lower end, in the unit of the data.</param>
    /// <param name="high">Upper end, above the lower one.</param>
    /// <param name="axis">The axis; it stays as it is.</param>
    /// <exception cref="T:System.ArgumentException">The ends are not ascending, or not positive on a logarithmic axis.</exception>
    let withRange (low: float) (high: float) (axis: Axis) : Axis =
        if not (low < high) || (axis.Scale = Logarithmic && not (low > 0.0)) then
            invalidArg
                (nameof low)
                (System.FormattableString.Invariant
                    $"Expected an ascending range that the scale {axis.Scale} can show, got {low} to {high}.")

        { axis with Range = Some(low, high) }

    /// <summary>The axis with given labelled positions.</summary>
    /// <param name="ticks">Positions in the unit of the data, with their labels in <c>Markup</c>.</param>
    /// <param name="axis">The axis; it stays as it is.</param>
    let withTicks (ticks: (float * string) list) (axis: Axis) : Axis = { axis with Ticks = Some ticks }
