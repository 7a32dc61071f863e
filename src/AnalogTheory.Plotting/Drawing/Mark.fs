/// What can stand in a panel, in the units of the data.
namespace AnalogTheory.Plotting

/// <summary>Ends of error bars, one pair a point, in the units of the data.</summary>
type ErrorBars =
    {
        /// Lower ends.
        Lower: float[]
        /// Upper ends.
        Upper: float[]
    }

/// <summary>A curve.</summary>
type Line =
    {
        /// Name in the legend; marks of one name share an entry.
        Name: string option
        /// Abscissae.
        Xs: float[]
        /// Ordinates; NaN, and on a logarithmic axis what is not positive, breaks the curve.
        Ys: float[]
        /// How to draw it.
        Stroke: Stroke
        /// A marker to tell it apart, if any.
        Marker: Marker option
        /// How many markers stand along it, about evenly; 0: one at every point.
        MarkerCount: int
    }

/// <summary>The area between two curves.</summary>
type Band =
    {
        /// Name in the legend.
        Name: string option
        /// Abscissae.
        Xs: float[]
        /// Lower curve.
        Lower: float[]
        /// Upper curve.
        Upper: float[]
        /// Ink, usually with little opacity.
        Colour: Colour
    }

/// <summary>Separate points.</summary>
type Points =
    {
        /// Name in the legend.
        Name: string option
        /// Abscissae.
        Xs: float[]
        /// Ordinates.
        Ys: float[]
        /// How to draw them.
        Marker: Marker
        /// Vertical error bars, if any.
        Errors: ErrorBars option
    }

/// <summary>A histogram.</summary>
type Steps =
    {
        /// Name in the legend.
        Name: string option
        /// Edges of the bins, ascending; one more than heights.
        Edges: float[]
        /// Heights of the bins.
        Heights: float[]
        /// Outline.
        Stroke: Stroke
        /// Inside, if filled.
        Fill: Colour option
    }

/// <summary>A straight line across the panel.</summary>
type RuleLine =
    {
        /// Where it crosses its axis.
        At: float
        /// <summary>Label in <c>Markup</c> beside the rule, put where it hides least; empty for none.</summary>
        Label: string
        /// Name in the legend.
        Name: string option
        /// How to draw it.
        Stroke: Stroke
    }

/// <summary>Where a note stands about its point.</summary>
type Anchor =
    /// Where it hides least.
    | Automatic
    /// Above, centred.
    | Above
    /// Below, centred.
    | Below
    /// Left, centred.
    | LeftOf
    /// Right, centred.
    | RightOf

/// <summary>Words at a point of the panel.</summary>
type TextNote =
    {
        /// Abscissa.
        X: float
        /// Ordinate.
        Y: float
        /// <summary>Words in <c>Markup</c>.</summary>
        Text: string
        /// On which side of the point.
        Anchor: Anchor
        /// Ink.
        Colour: Colour
        /// A point of the panel to which a thin leader runs, if any.
        Target: (float * float) option
    }

/// <summary>Lines of equal value over a heat map.</summary>
type ContourLines =
    {
        /// The values.
        Levels: float list
        /// How to draw them.
        Stroke: Stroke
        /// Name in the legend.
        Name: string option
    }

/// <summary>A matrix as colours.</summary>
type Heatmap =
    {
        /// Edges of the columns, ascending.
        XEdges: float[]
        /// Edges of the rows, ascending, from the bottom.
        YEdges: float[]
        /// Cells by row (from the bottom) and column; NaN stays white.
        Values: float[,]
        /// Scale of the colours.
        Scale: Scale
        /// Ends of the colours; found from the values when absent.
        Range: (float * float) option
        /// Colours.
        Map: ColourMap
        /// <summary>Label of the colour bar, in <c>Markup</c>.</summary>
        Label: string
        /// Lines of equal value, through the centres of the cells.
        Contours: ContourLines option
    }

/// <summary>What can be drawn in a panel.</summary>
type Mark =
    /// A curve.
    | Line of Line
    /// An area between curves.
    | Band of Band
    /// Separate points.
    | Points of Points
    /// A histogram.
    | Steps of Steps
    /// A horizontal straight line.
    | HorizontalRule of RuleLine
    /// A vertical straight line.
    | VerticalRule of RuleLine
    /// Words.
    | TextNote of TextNote
    /// A matrix.
    | Heatmap of Heatmap
