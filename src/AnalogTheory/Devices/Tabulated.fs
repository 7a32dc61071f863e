namespace AnalogTheory

open System
open System.Globalization
open System.IO
open AnalogTheory.Kernels.Laws

/// Weights read after pulses of a response measurement, in the order they were read.
type PulseReadings =
    {
        /// Where they come from, such as a file; named in messages.
        Origin: string
        /// Number of pulses sent before each reading, strictly increasing.
        Pulses: int64[]
        /// Weight at each reading, unit of weight.
        Weights: float[]
        /// Direction of the pulses that led to each reading, +1 up, −1 down, where the protocol is known; the first entry is not used.
        Directions: int[] option
    }

/// A device read from measurements.
[<NoEquality; NoComparison>]
type MeasuredDevice =
    {
        /// The device, normalised so that F(w⋄) = 1.
        Device: Device
        /// Δw_min, unit of weight: the step that pulses up and down have in common at the symmetric point.
        Granularity: float
        /// w⋄, unit of weight.
        SymmetricPoint: float
    }

/// <summary>Devices from measured pulse data: tables of q₊ and q₋, linear between nodes and constant beyond them.</summary>
/// <remarks>
/// Extraction. Each pair of neighbouring readings of one direction gives one step per pulse, (w' − w)/(n' − n). The weights' range is cut into
/// equal bins; a step belongs to the bin of its midpoint (w + w')/2, because reading noise of the two ends cancels there and does not favour
/// large or small steps. A bin's node stands at the mean of the weights before its steps, with the mean of its steps as value: over a bin,
/// neighbouring differences telescope, so reading noise falls like one over the number of pulses in the bin. A response that is linear within
/// a bin is recovered exactly from noiseless data.
/// <para>Normalisation. With U(w) and D(w) the mean step sizes up and down, w⋄ is where U = D (see `SymmetricPoint` for which crossing),
/// Δw_min := U(w⋄) = D(w⋄), q₊ = U/Δw_min, q₋ = D/Δw_min, hence F(w⋄) = 1.</para>
/// </remarks>
[<RequireQualifiedAccess>]
module Tabulated =

    /// Steps in each direction that an extraction needs at the least.
    let leastSteps = 10

    /// Bins over the range of weights where the caller has no better number: 20 keep a curved response and average 1,000 pulses by 50.
    let defaultBins = 20

    /// A direction turns where the weight comes back by this part of its range, where the protocol is not known.
    let private turn = 0.2

    /// <summary>Device with responses linear between nodes and constant beyond them.</summary>
    /// <param name="name">Name for tables and messages.</param>
    /// <param name="up">Nodes (w, q₊), w strictly increasing.</param>
    /// <param name="down">Nodes (w, q₋), w strictly increasing.</param>
    /// <exception cref="T:System.ArgumentException">A list is empty, not finite, not increasing, or all nodes coincide.</exception>
    let create (name: string) (up: (float * float)[]) (down: (float * float)[]) : Device =
        let table symbol nodes =
            PiecewiseLinear(symbol, ReadOnlySpan(Array.map fst nodes), ReadOnlySpan(Array.map snd nodes))

        let qUp, qDown = table "q_up" up, table "q_down" down
        let weights = Array.map fst (Array.append up down)
        let lower, upper = Array.min weights, Array.max weights

        if not (lower < upper) then
            raise (ArgumentException(invariant $"Expected nodes at two weights at least, got one at {lower}.", nameof up))

        { Name = name
          Parameters = [ "up nodes", float up.Length; "down nodes", float down.Length ]
          Lower = lower
          Upper = upper
          Source = Source.derived "measured"
          Law = SuppliedLaw(qUp, qDown) }

    /// Directions of the pulses before each reading, from the weights alone: up first; then down from the largest weight since the last turn,
    /// once the weight has come back by a fifth of its whole range; and so on.
    let private directions (weights: float[]) : int[] =
        let threshold = turn * (Array.max weights - Array.min weights)

        // Walks through the readings with the extreme of the current direction; turns holds the readings at which directions end.
        let folder (direction: int, extreme: int, turns: int list) (i: int) =
            let ahead = float direction * (weights[i] - weights[extreme])

            if ahead >= 0.0 then direction, i, turns
            elif ahead < -threshold then -direction, i, extreme :: turns
            else direction, extreme, turns

        let _, _, turns = Seq.fold folder (1, 0, []) (seq { 1 .. weights.Length - 1 })
        let ends = List.rev turns
        Array.init weights.Length (fun i -> if (ends |> List.filter (fun at -> at < i) |> List.length) % 2 = 0 then 1 else -1)

    // Mean weight and mean step size of each bin that holds a step.
    let private bin (count: int) (lower: float) (upper: float) (steps: struct (float * float * float)[]) : (float * float)[] =
        steps
        |> Array.groupBy (fun struct (middle, _, _) -> min (count - 1) (int (float count * (middle - lower) / (upper - lower))))
        |> Array.sortBy fst
        |> Array.map (fun (_, steps) ->
            Array.averageBy (fun struct (_, before, _) -> before) steps, Array.averageBy (fun struct (_, _, size) -> size) steps)

    let private requireReadings (readings: PulseReadings) =
        let n = readings.Weights.Length
        Require.length "readings.Pulses" n readings.Pulses.Length

        readings.Directions
        |> Option.iter (fun directions -> Require.length "readings.Directions" n directions.Length)

        Require.allFinite $"{readings.Origin}: weights" (ReadOnlySpan readings.Weights)

        if n < 2 * leastSteps + 1 then
            raise (
                ArgumentException(
                    invariant
                        $"Expected at least {2 * leastSteps + 1} readings in {readings.Origin} ({leastSteps} steps up, {leastSteps} down), got {n}.",
                    nameof readings
                )
            )

        for i in 1 .. n - 1 do
            if readings.Pulses[i] <= readings.Pulses[i - 1] then
                raise (
                    ArgumentException(
                        invariant
                            $"Expected strictly increasing pulse numbers in {readings.Origin}, got {readings.Pulses[i]} after {readings.Pulses[i - 1]} at reading {i}.",
                        nameof readings
                    )
                )

    /// <summary>Device from steps of both directions; see the module for the method.</summary>
    /// <param name="bins">Number of bins over the range of weights, at least 2.</param>
    /// <param name="origin">Where the steps come from; names the device, and appears in messages.</param>
    /// <param name="up">Steps up: weight at the middle of the step, weight before it, size.</param>
    /// <param name="down">Steps down, likewise, sizes positive where the weight falls.</param>
    /// <exception cref="T:System.ArgumentException">
    /// There are too few bins or steps of a direction, the weights do not change, or the mean steps up and down never cross.
    /// </exception>
    let ofSteps
        (bins: int)
        (origin: string)
        (up: struct (float * float * float)[])
        (down: struct (float * float * float)[])
        : MeasuredDevice =
        Require.atLeast "bins" 2L (int64 bins)

        for steps, name in [ up, "up"; down, "down" ] do
            if steps.Length < leastSteps then
                raise (ArgumentException(invariant $"Expected at least {leastSteps} steps {name} in {origin}, got {steps.Length}.", name))

        let ends = Array.append up down |> Array.collect (fun struct (middle, before, _) -> [| before; 2.0 * middle - before |])
        let lower, upper = Array.min ends, Array.max ends

        if not (lower < upper) then
            raise (ArgumentException(invariant $"Expected weights that change in {origin}, got {lower} throughout.", nameof up))

        let up, down = bin bins lower upper up, bin bins lower upper down
        let raw = create origin up down

        let symmetricPoint =
            match SymmetricPoint.tryFind raw with
            | Some point -> point
            | None ->
                raise (
                    ArgumentException(
                        invariant $"Expected mean steps up and down in {origin} that cross between {lower} and {upper}, got none equal.",
                        nameof up
                    )
                )

        let granularity = raw.Symmetric symmetricPoint

        if not (granularity > 0.0) then
            raise (
                ArgumentException(
                    invariant $"Expected a positive mean step at the symmetric point {symmetricPoint} of {origin}, got {granularity}.",
                    nameof up
                )
            )

        let scaled = Array.map (fun (w, step) -> w, step / granularity)

        { Device =
            { create origin (scaled up) (scaled down) with
                Parameters = [ "Δw_min", granularity; "w⋄", symmetricPoint; "up nodes", float up.Length; "down nodes", float down.Length ] }
          Granularity = granularity
          SymmetricPoint = symmetricPoint }

    /// <summary>Device from readings; see the module for the method.</summary>
    /// <param name="bins">Number of bins over the range of weights, at least 2.</param>
    /// <param name="readings">Readings; without directions, turns are found in the weights, which needs a noise well below a fifth of their range.</param>
    /// <exception cref="T:System.ArgumentException">
    /// A reading is not finite, pulse numbers do not increase, there are too few readings or steps of a direction, the weights do not change, or the
    /// mean steps up and down never cross.
    /// </exception>
    let ofPulses (bins: int) (readings: PulseReadings) : MeasuredDevice =
        Require.atLeast "bins" 2L (int64 bins)
        requireReadings readings
        let weights, pulses = readings.Weights, readings.Pulses
        let lower, upper = Array.min weights, Array.max weights

        if not (lower < upper) then
            raise (
                ArgumentException(invariant $"Expected weights that change in {readings.Origin}, got {lower} throughout.", nameof readings)
            )

        let directions = readings.Directions |> Option.defaultWith (fun () -> directions weights)

        let steps direction =
            [| for i in 1 .. weights.Length - 1 do
                   if directions[i] = direction then
                       let size = float direction * (weights[i] - weights[i - 1]) / float (pulses[i] - pulses[i - 1])
                       struct (0.5 * (weights[i] + weights[i - 1]), weights[i - 1], size) |]

        ofSteps bins readings.Origin (steps 1) (steps -1)

    let private malformed (origin: string) (line: int) (expected: string) (text: string) : 'a =
        raise (FormatException(invariant $"{origin}, line {line}: expected {expected}, got '{text}'."))

    /// <summary>Readings from the lines of a CSV file: pulse number, weight, and optionally the direction (1 or up, −1 or down) of the pulses that led there.</summary>
    /// <remarks>Lines that are empty or start with '#' are comments; one header line may come first. Numbers are written with a point.</remarks>
    /// <param name="origin">Name of the file, for messages.</param>
    /// <param name="lines">Lines of text.</param>
    /// <exception cref="T:System.FormatException">A line is malformed; the message names the file and the line.</exception>
    let parse (origin: string) (lines: string seq) : PulseReadings =
        let rows =
            lines
            |> Seq.mapi (fun i line -> i + 1, line.Trim())
            |> Seq.filter (fun (_, line) -> line <> "" && not (line.StartsWith '#'))
            |> Seq.map (fun (number, line) -> number, line, line.Split ',' |> Array.map _.Trim())
            |> Seq.toList

        let isHeader (cells: string[]) =
            cells
            |> Array.forall (fun cell -> not (fst (Double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture))))

        let data =
            match rows with
            | (_, _, cells) :: rest when isHeader cells -> rest
            | rows -> rows

        let columns =
            match data with
            | (_, _, cells) :: _ -> cells.Length
            | [] -> 2

        let readRow (number, line, cells: string[]) =
            if cells.Length <> columns || columns < 2 || columns > 3 then
                let expected =
                    if columns = 2 || columns = 3 then
                        (invariant $"{columns} columns")
                    else
                        "pulse number, weight and perhaps a direction"

                malformed origin number expected line

            let pulse =
                match Int64.TryParse(cells[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) with
                | true, pulse -> pulse
                | _ -> malformed origin number "an integer pulse number" cells[0]

            let weight =
                match Double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture) with
                | true, weight when Double.IsFinite weight -> weight
                | _ -> malformed origin number "a finite weight" cells[1]

            let direction =
                match Array.tryItem 2 cells with
                | None -> 0
                | Some("1" | "+1" | "up") -> 1
                | Some("-1" | "down") -> -1
                | Some other -> malformed origin number "a direction (1, up, -1 or down)" other

            struct (pulse, weight, direction)

        let rows = data |> List.map readRow |> List.toArray

        { Origin = origin
          Pulses = rows |> Array.map (fun struct (pulse, _, _) -> pulse)
          Weights = rows |> Array.map (fun struct (_, weight, _) -> weight)
          Directions = if columns = 3 then Some(rows |> Array.map (fun struct (_, _, direction) -> direction)) else None }

    /// <summary>Device from a CSV file with the default number of bins; see `parse` for the format and `ofPulses` for the method.</summary>
    /// <param name="path">Path of the file; its name, without folders, names the device.</param>
    /// <exception cref="T:System.IO.IOException">The file cannot be read; the message names it.</exception>
    /// <exception cref="T:System.FormatException">A line is malformed; the message names the file and the line.</exception>
    /// <exception cref="T:System.ArgumentException">The readings do not determine a device.</exception>
    let load (path: string) : MeasuredDevice =
        let origin =
            match Path.GetFileName path with
            | null -> path
            | name -> name

        File.ReadAllLines path |> parse origin |> ofPulses defaultBins
