/// Lines and markers as data.
namespace AnalogTheory.Plotting

/// <summary>How a line is broken.</summary>
type Dash =
    /// Unbroken.
    | Solid
    /// Long dashes.
    | Dashed
    /// Dots.
    | Dotted
    /// Dash and dot in turn.
    | DashDotted

/// <summary>How a line is drawn.</summary>
type Stroke =
    {
        /// Ink.
        Colour: Colour
        /// Width in pixels of the plate.
        Width: float
        /// Breaks; for curves of few points, since every dash becomes a path.
        Dash: Dash
    }

/// <summary>Shapes of markers. Open ones are filled with white.</summary>
type MarkerKind =
    /// Filled circle.
    | Disc
    /// Open circle.
    | Ring
    /// Filled square.
    | Square
    /// Open square.
    | OpenSquare
    /// Filled triangle, point up.
    | Triangle
    /// Open triangle, point up.
    | OpenTriangle
    /// Filled diamond.
    | Diamond
    /// Open diamond.
    | OpenDiamond
    /// Two crossed strokes.
    | Cross

/// <summary>A marker.</summary>
type Marker =
    {
        /// Shape.
        Kind: MarkerKind
        /// Diameter in pixels of the plate.
        Size: float
        /// Ink.
        Colour: Colour
    }

/// <summary>Makes strokes.</summary>
[<RequireQualifiedAccess>]
module Stroke =

    /// <summary>The line of a series.</summary>
    /// <param name="colour">Ink.</param>
    let solid (colour: Colour) : Stroke = { Colour = colour; Width = 1.6; Dash = Solid }

    /// <summary>A thin line, for long noisy curves.</summary>
    /// <param name="colour">Ink.</param>
    let thin (colour: Colour) : Stroke = { Colour = colour; Width = 1.1; Dash = Solid }

    /// <summary>The line of a theoretical statement.</summary>
    /// <param name="colour">Ink.</param>
    let dashed (colour: Colour) : Stroke = { Colour = colour; Width = 1.4; Dash = Dashed }

/// <summary>Makes markers.</summary>
[<RequireQualifiedAccess>]
module Marker =

    /// <summary>A marker of the usual size.</summary>
    /// <param name="kind">Its shape.</param>
    /// <param name="colour">Ink.</param>
    let make (kind: MarkerKind) (colour: Colour) : Marker =
        { Kind = kind
          Size =
            (match kind with
             | Triangle
             | OpenTriangle
             | Diamond
             | OpenDiamond -> 8.5
             | _ -> 7.0)
          Colour = colour }

    /// <summary>Shapes of the series, in their fixed order, so that figures survive grey printing.</summary>
    let kinds = [ Disc; OpenSquare; Triangle; OpenDiamond; Square; Ring; Diamond; OpenTriangle; Cross ]

    /// <summary>The marker of the i-th series, in its colour of the palette.</summary>
    /// <param name="i">Number of the series, from 0.</param>
    let at (i: int) : Marker = make kinds[((i % kinds.Length) + kinds.Length) % kinds.Length] (Palette.at i)
