/// Colours that colour-blind readers and grey printers can tell apart.
/// Series: the set of Okabe and Ito (2008), light yellow left out because it is lost on white; surfaces: viridis, cividis.
namespace AnalogTheory.Plotting

open System
open System.Globalization

/// <summary>A colour with opacity, 8 bits a channel.</summary>
[<Struct>]
type Colour =
    {
        /// Red, 0 to 255.
        Red: byte
        /// Green, 0 to 255.
        Green: byte
        /// Blue, 0 to 255.
        Blue: byte
        /// Opacity, 0 (clear) to 255.
        Alpha: byte
    }

/// <summary>Reads, writes and mixes colours.</summary>
[<RequireQualifiedAccess>]
module Colour =

    /// <summary>The opaque colour of <c>#rrggbb</c>.</summary>
    /// <param name="hex">Six hexadecimal digits after #.</param>
    let ofHex (hex: string) : Colour =
        let channel i =
            Byte.Parse(hex.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)

        if hex.Length <> 7 || hex[0] <> '#' then invalidArg (nameof hex) $"Expected #rrggbb, got '{hex}'."

        { Red = channel 0; Green = channel 1; Blue = channel 2; Alpha = 255uy }

    /// <summary>The same colour with another opacity.</summary>
    /// <param name="opacity">From 0 to 1.</param>
    /// <param name="colour">The colour.</param>
    let withOpacity (opacity: float) (colour: Colour) : Colour =
        { colour with Alpha = byte (Math.Round(255.0 * Math.Clamp(opacity, 0.0, 1.0))) }

    /// <summary>The colour in CSS notation.</summary>
    /// <param name="colour">Ink.</param>
    let toCss (colour: Colour) : string =
        if colour.Alpha = 255uy then
            $"#%02x{colour.Red}%02x{colour.Green}%02x{colour.Blue}"
        else
            let opacity = Math.Round(float colour.Alpha / 255.0, 3).ToString CultureInfo.InvariantCulture
            (FormattableString.Invariant $"rgba({colour.Red},{colour.Green},{colour.Blue},{opacity})")

    /// <summary>The colour at a share of the way between two.</summary>
    /// <param name="share">0 gives the first colour, 1 the second.</param>
    /// <param name="a">First colour.</param>
    /// <param name="b">Second colour.</param>
    let mix (share: float) (a: Colour) (b: Colour) : Colour =
        let channel (x: byte) (y: byte) = byte (Math.Round(float x + share * (float y - float x)))

        { Red = channel a.Red b.Red
          Green = channel a.Green b.Green
          Blue = channel a.Blue b.Blue
          Alpha = channel a.Alpha b.Alpha }

/// <summary>The colours of all figures.</summary>
[<RequireQualifiedAccess>]
module Palette =

    /// <summary>First series.</summary>
    let blue = Colour.ofHex "#0072b2"
    /// <summary>Second series.</summary>
    let vermilion = Colour.ofHex "#d55e00"
    /// <summary>Third series.</summary>
    let green = Colour.ofHex "#009e73"
    /// <summary>Fourth series.</summary>
    let purple = Colour.ofHex "#cc79a7"
    /// <summary>Fifth series.</summary>
    let orange = Colour.ofHex "#e69f00"
    /// <summary>Sixth series.</summary>
    let sky = Colour.ofHex "#56b4e9"
    /// <summary>Seventh series, text, and bounds of the theory.</summary>
    let black = Colour.ofHex "#1a1a1a"
    /// <summary>Rules and leaders.</summary>
    let grey = Colour.ofHex "#6e6e6e"
    /// <summary>Paper.</summary>
    let white = Colour.ofHex "#ffffff"

    /// <summary>The series' colours in their fixed order.</summary>
    let series = [ blue; vermilion; green; purple; orange; sky; black ]

    /// <summary>Colour of the i-th series; after the last it begins again.</summary>
    /// <param name="i">Number of the series, from 0.</param>
    let at (i: int) : Colour = series[((i % series.Length) + series.Length) % series.Length]

/// <summary>From a share of the range to a colour.</summary>
type ColourMap =
    /// Dark violet to yellow; even in lightness.
    | Viridis
    /// Blue to yellow; the same to readers with red-green blindness.
    | Cividis
    /// Blue through white to vermilion, for differences.
    | Diverging

/// <summary>Reads colour maps.</summary>
[<RequireQualifiedAccess>]
module ColourMap =

    let private viridis =
        [| "#440154"; "#482878"; "#3e4989"; "#31688e"; "#26828e"; "#1f9e89"; "#35b779"; "#6dcd59"; "#b4de2c"; "#fde725" |]
        |> Array.map Colour.ofHex

    let private cividis =
        [| "#00224e"; "#123570"; "#3b496c"; "#575d6d"; "#707173"; "#8a8678"; "#a59c74"; "#c3b369"; "#e1cc55"; "#fee838" |]
        |> Array.map Colour.ofHex

    let private diverging =
        [| "#004c7a"; "#0072b2"; "#8fc1de"; "#f7f7f7"; "#f0b48a"; "#d55e00"; "#8f3f00" |] |> Array.map Colour.ofHex

    let private stopsOf (map: ColourMap) =
        match map with
        | Viridis -> viridis
        | Cividis -> cividis
        | Diverging -> diverging

    /// <summary>The colour at a share of the range; outside 0 to 1 it stays at the end.</summary>
    /// <param name="map">The colours to read from.</param>
    /// <param name="share">Share of the range, 0 to 1.</param>
    let at (map: ColourMap) (share: float) : Colour =
        let stops = stopsOf map
        let position = Math.Clamp(share, 0.0, 1.0) * float (stops.Length - 1)
        let left = min (int position) (stops.Length - 2)
        Colour.mix (position - float left) stops[left] stops[left + 1]
