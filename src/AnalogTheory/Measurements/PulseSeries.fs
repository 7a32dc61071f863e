namespace AnalogTheory

open System
open System.Globalization
open System.IO

/// Readings of one element under pulses: the first one before any pulse, the others each after some pulses of one direction.
type PulseTrace =
    {
        /// Name of the element; traces of one device share it.
        Device: string
        /// Name of the trace, such as the number of a repeat.
        Name: string
        /// Pulses sent before each reading, strictly increasing.
        Pulses: int64[]
        /// Directions of the pulses between a reading and the one before, +1 up and −1 down; the first entry is 0.
        Directions: int[]
        /// Weights or conductances read, unit of the measurement.
        Weights: float[]
    }

/// Measured pulses: one or more traces of one or more devices.
type PulseSeries =
    {
        /// Where they come from, such as a file; named in messages.
        Origin: string
        /// Traces in the order of their appearance; at least one.
        Traces: PulseTrace list
    }

    /// Number of readings that follow pulses.
    member series.Steps = series.Traces |> List.sumBy (fun trace -> trace.Weights.Length - 1)

    /// Smallest and largest reading, unit of the measurement.
    member series.Range =
        let all = series.Traces |> Seq.collect _.Weights |> Seq.toArray
        struct (Array.min all, Array.max all)

/// <summary>Making pulse series from numbers and from CSV.</summary>
/// <remarks>
/// CSV form. A header, then one reading a line: `pulse` (number of pulses so far, an integer), `direction` (1, +1, up or −1, -1, down; empty, 0 or
/// start before the first pulse) and `weight` (or conductance, g), in any order, and optionally `trace` (or repeat, cycle) and `device` (or cell,
/// element). Cells are separated by commas, semicolons or tabs, numbers have a decimal point, empty lines and lines that start with '#' are
/// skipped, other columns are ignored. A trace begins with the reading before its first pulse; where the first line of a trace has a
/// direction nevertheless, what led to it is not known and its direction is not used.
/// </remarks>
[<RequireQualifiedAccess>]
module PulseSeries =

    /// Steps in each direction that a fit needs at the least.
    let leastSteps = Tabulated.leastSteps

    let private fail (argument: string) (message: string) : 'a = raise (ArgumentException(message, argument))

    /// <summary>A trace from its readings.</summary>
    /// <param name="device">Name of the element.</param>
    /// <param name="name">Name of the trace.</param>
    /// <param name="directions">Directions of single pulses, +1 or −1, one a reading after the first.</param>
    /// <param name="weights">The weight before the first pulse and after each, finite; one more than directions.</param>
    /// <exception cref="T:System.ArgumentException">Lengths do not fit, a direction is not ±1, or a weight is not finite.</exception>
    let trace (device: string) (name: string) (directions: int[]) (weights: float[]) : PulseTrace =
        Require.length "weights" (directions.Length + 1) weights.Length
        Require.allFinite "weights" (ReadOnlySpan weights)

        directions
        |> Array.iteri (fun i direction ->
            if abs direction <> 1 then
                fail (nameof directions) (invariant $"Expected directions of +1 or −1, got directions[{i}] = {direction}."))

        { Device = device
          Name = name
          Pulses = Array.init weights.Length int64
          Directions = Array.append [| 0 |] directions
          Weights = Array.copy weights }

    /// <summary>A series of traces.</summary>
    /// <param name="origin">Where the readings come from, such as the name of a file; for messages.</param>
    /// <param name="traces">The traces: consecutive readings of one element with the pulses between them; at least one.</param>
    /// <exception cref="T:System.ArgumentException">There are no traces.</exception>
    let create (origin: string) (traces: PulseTrace list) : PulseSeries =
        Require.nonEmpty (nameof traces) traces.Length
        ({ Origin = origin; Traces = traces }: PulseSeries)

    /// <summary>The series of each device, in the order of their appearance.</summary>
    /// <param name="series">Readings of one or several elements, with the pulses between them.</param>
    let byDevice (series: PulseSeries) : (string * PulseSeries) list =
        match series.Traces |> List.groupBy _.Device with
        | [ device, _ ] -> [ device, series ]
        | groups -> groups |> List.map (fun (device, traces) -> device, create $"{series.Origin}, device {device}" traces)

    /// <summary>The series with every reading g replaced by the weight (g − offset)/scale, for conductances that stand for weights.</summary>
    /// <param name="offset">Conductance of weight 0, unit of the measurement.</param>
    /// <param name="scale">Conductance of one unit of weight; not 0; a negative scale turns directions round.</param>
    /// <param name="series">Readings.</param>
    /// <exception cref="T:System.ArgumentException">The offset is not finite, or the scale not finite or 0.</exception>
    let toWeights (offset: float) (scale: float) (series: PulseSeries) : PulseSeries =
        Require.finite "offset" offset
        Require.finite "scale" scale

        if scale = 0.0 then fail (nameof scale) "Expected a scale other than 0, got scale = 0."

        let mapped (trace: PulseTrace) =
            { trace with
                Weights = trace.Weights |> Array.map (fun g -> (g - offset) / scale)
                Directions = trace.Directions |> Array.map ((*) (sign scale)) }

        { series with Traces = List.map mapped series.Traces }

    /// <summary>Demands of a fit: finite readings that change, and enough steps both ways.</summary>
    /// <param name="series">Readings of one or several elements, with the pulses between them.</param>
    /// <exception cref="T:System.ArgumentException">A demand is not met; the message names the origin, what was expected and what came.</exception>
    let requireSteps (series: PulseSeries) : unit =
        for trace in series.Traces do
            Require.allFinite $"{series.Origin}, trace {trace.Name}: weights" (ReadOnlySpan trace.Weights)

        let count direction =
            series.Traces
            |> List.sumBy (fun trace -> trace.Directions |> Seq.skip 1 |> Seq.filter ((=) direction) |> Seq.length)

        for direction, name in [ 1, "up"; -1, "down" ] do
            if count direction < leastSteps then
                fail (nameof series) (invariant $"Expected at least {leastSteps} steps {name} in {series.Origin}, got {count direction}.")

        let struct (lower, upper) = series.Range

        if not (lower < upper) then
            fail (nameof series) (invariant $"Expected weights that change in {series.Origin}, got {lower} throughout.")

    let private malformed (origin: string) (line: int) (column: string) (expected: string) (text: string) : 'a =
        raise (FormatException(invariant $"{origin}, line {line}, column {column}: expected {expected}, got '{text}'."))

    // Spellings of the columns, without case, spaces, units in brackets and underscores.
    let private spellings =
        [ "pulse", [ "pulse"; "pulses"; "pulseindex"; "pulsenumber"; "n"; "index"; "step" ]
          "direction", [ "direction"; "dir"; "sign"; "polarity"; "updown" ]
          "weight", [ "weight"; "w"; "conductance"; "g"; "value"; "meanw"; "meanweight" ]
          "trace", [ "trace"; "repeat"; "cycle"; "run"; "sweep" ]
          "device", [ "device"; "cell"; "element"; "deviceid" ] ]

    let private plain (cell: string) =
        let bare = cell.Split([| '('; '[' |]).[0]
        bare.Trim().Trim('"').ToLowerInvariant().Replace("_", "").Replace(" ", "").Replace("-", "")

    let private columns (origin: string) (line: int) (text: string) (cells: string[]) : Map<string, int> =
        let found =
            cells
            |> Array.mapi (fun i cell ->
                spellings
                |> List.tryFind (fun (_, names) -> List.contains (plain cell) names)
                |> Option.map (fun (name, _) -> name, i))
            |> Array.choose id

        for name, places in Array.groupBy fst found do
            if places.Length > 1 then
                let headers = places |> Array.map (fun (_, i) -> cells[i].Trim()) |> String.concat "' and '"
                malformed origin line name "one such column in the header" headers

        let map = Map found

        for name in [ "pulse"; "direction"; "weight" ] do
            if not (map.ContainsKey name) then
                malformed origin line name $"a header with columns pulse, direction and weight" text

        map

    let private direction (origin: string) (line: int) (text: string) : int =
        match text.ToLowerInvariant() with
        | "1"
        | "+1"
        | "1.0"
        | "+"
        | "up" -> 1
        | "-1"
        | "−1"
        | "-1.0"
        | "-"
        | "down" -> -1
        | ""
        | "0"
        | "start" -> 0
        | _ -> malformed origin line "direction" "1 or up, -1 or down, or nothing before the first pulse" text

    /// <summary>A series from the lines of a CSV file; see the module for the form.</summary>
    /// <param name="origin">Name of the file, for messages.</param>
    /// <param name="lines">Lines of text.</param>
    /// <exception cref="T:System.FormatException">A line is malformed; the message names file, line, column, what was expected and what came.</exception>
    let parse (origin: string) (lines: string seq) : PulseSeries =
        let kept =
            lines
            |> Seq.mapi (fun i line -> i + 1, line.Trim('\r', '\n', ' ', '\uFEFF'))
            |> Seq.filter (fun (_, line) -> line <> "" && not (line.StartsWith '#'))
            |> Seq.toList

        match kept with
        | [] ->
            raise (
                FormatException $"{origin}: expected a header with columns pulse, direction and weight and readings below it, got nothing."
            )
        | (headerLine, header) :: rest ->
            let separator = [ '\t'; ';'; ',' ] |> List.tryFind header.Contains |> Option.defaultValue ','
            let names = header.Split separator
            let columns = columns origin headerLine header names

            if rest.IsEmpty then
                raise (FormatException $"{origin}: expected readings below the header, got none.")

            let read (line: int, text: string) =
                let cells = text.Split separator |> Array.map (fun cell -> cell.Trim().Trim '"')

                if cells.Length <> names.Length then
                    raise (
                        FormatException(
                            invariant
                                $"{origin}, line {line}: expected {names.Length} cells as in the header, got {cells.Length} in '{text}'."
                        )
                    )

                let cell name = cells[columns[name]]
                let label name = columns |> Map.tryFind name |> Option.map (fun i -> cells[i]) |> Option.defaultValue "1"

                let pulse =
                    match Int64.TryParse(cell "pulse", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) with
                    | true, pulse when pulse >= 0L -> pulse
                    | _ -> malformed origin line "pulse" "an integer number of pulses of at least 0" (cell "pulse")

                let weight =
                    match Double.TryParse(cell "weight", NumberStyles.Float, CultureInfo.InvariantCulture) with
                    | true, weight when Double.IsFinite weight -> weight
                    | _ -> malformed origin line "weight" "a finite number with a decimal point" (cell "weight")

                line, (label "device", label "trace"), pulse, direction origin line (cell "direction"), weight

            let traceOf ((device, name), rows) =
                for (_, _, before, _, _), (line, _, pulse, direction, _) in List.pairwise rows do
                    if pulse <= before then
                        malformed
                            origin
                            line
                            "pulse"
                            (invariant $"a number above {before}, the one before it in trace {name} of device {device}")
                            (string pulse)

                    if pulse - before > int64 Int32.MaxValue then
                        malformed origin line "pulse" (invariant $"at most {Int32.MaxValue} pulses after {before}") (string pulse)

                    if direction = 0 then
                        malformed origin line "direction" "1 or up, -1 or down after the first reading of a trace" ""

                { Device = device
                  Name = name
                  Pulses = rows |> List.map (fun (_, _, pulse, _, _) -> pulse) |> List.toArray
                  Directions = rows |> List.mapi (fun i (_, _, _, direction, _) -> if i = 0 then 0 else direction) |> List.toArray
                  Weights = rows |> List.map (fun (_, _, _, _, weight) -> weight) |> List.toArray }

            { Origin = origin
              Traces = rest |> List.map read |> List.groupBy (fun (_, key, _, _, _) -> key) |> List.map traceOf }

    /// <summary>A series from a CSV file; see the module for the form.</summary>
    /// <param name="path">Path of the file; its name, without folders, is the origin.</param>
    /// <exception cref="T:System.IO.IOException">The file cannot be read; the message names it.</exception>
    /// <exception cref="T:System.FormatException">A line is malformed; the message names file, line, column, what was expected and what came.</exception>
    let load (path: string) : PulseSeries =
        let origin =
            match Path.GetFileName path with
            | null -> path
            | name -> name

        File.ReadAllLines path |> parse origin

    /// <summary>The readings as a table in the form that `parse` reads.</summary>
    /// <param name="series">Readings of one or several elements, with the pulses between them.</param>
    let table (series: PulseSeries) : Table =
        let column (f: PulseTrace -> 'a[]) = series.Traces |> Seq.collect f |> Seq.toArray

        Table.create
            series.Origin
            [ "device", Texts(column (fun trace -> Array.replicate trace.Weights.Length trace.Device))
              "trace", Texts(column (fun trace -> Array.replicate trace.Weights.Length trace.Name))
              "pulse", Numbers(column (fun trace -> Array.map float trace.Pulses))
              "direction", Numbers(column (fun trace -> Array.map float trace.Directions))
              "weight", Numbers(column _.Weights) ]
