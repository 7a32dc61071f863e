/// Lines of equal value through a matrix by marching squares; the saddle is decided by the mean of its corners.
namespace AnalogTheory.Plotting

open System
open System.Collections.Generic

/// <summary>Finds lines of equal value.</summary>
[<RequireQualifiedAccess>]
module Contours =

    /// Which edge of the grid a crossing lies on: row, column, and whether the edge runs along the row.
    type private Crossing = (struct (int * int * bool))

    let private segmentsOf (values: float[,]) (level: float) =
        let found = List<struct (Crossing * Crossing)>()

        for row in 0 .. Array2D.length1 values - 2 do
            for column in 0 .. Array2D.length2 values - 2 do
                let a, b = values[row, column], values[row, column + 1]
                let d, c = values[row + 1, column], values[row + 1, column + 1]

                if Double.IsFinite(a + b + c + d) then
                    let bottom: Crossing = struct (row, column, true)
                    let top: Crossing = struct (row + 1, column, true)
                    let left: Crossing = struct (row, column, false)
                    let right: Crossing = struct (row, column + 1, false)
                    let bit above weight = if above then weight else 0
                    let case = bit (a >= level) 1 + bit (b >= level) 2 + bit (c >= level) 4 + bit (d >= level) 8
                    let centreAbove = (a + b + c + d) / 4.0 >= level

                    let pairs =
                        match case with
                        | 1
                        | 14 -> [ struct (left, bottom) ]
                        | 2
                        | 13 -> [ struct (bottom, right) ]
                        | 3
                        | 12 -> [ struct (left, right) ]
                        | 4
                        | 11 -> [ struct (right, top) ]
                        | 6
                        | 9 -> [ struct (bottom, top) ]
                        | 7
                        | 8 -> [ struct (left, top) ]
                        | 5 when centreAbove -> [ struct (left, top); struct (bottom, right) ]
                        | 5 -> [ struct (left, bottom); struct (right, top) ]
                        | 10 when centreAbove -> [ struct (left, bottom); struct (right, top) ]
                        | 10 -> [ struct (left, top); struct (bottom, right) ]
                        | _ -> []

                    found.AddRange pairs

        found

    /// Joins segments that share a crossing into chains.
    let private chains (segments: List<struct (Crossing * Crossing)>) =
        let at = Dictionary<Crossing, List<int>>()
        let used = Array.zeroCreate<bool> segments.Count

        let note crossing index =
            match at.TryGetValue crossing with
            | true, list -> list.Add index
            | _ -> at[crossing] <- List<int>([ index ])

        for i in 0 .. segments.Count - 1 do
            let struct (p, q) = segments[i]
            note p i
            note q i

        let rec follow (chain: List<Crossing>) (tip: Crossing) =
            let next = at[tip] |> Seq.tryFind (fun i -> not used[i])

            match next with
            | None -> ()
            | Some i ->
                used[i] <- true
                let struct (p, q) = segments[i]
                let far = if p = tip then q else p
                chain.Add far
                follow chain far

        [ for i in 0 .. segments.Count - 1 do
              if not used[i] then
                  used[i] <- true
                  let struct (p, q) = segments[i]
                  let forward = List<Crossing>([ p; q ])
                  follow forward q
                  let backward = List<Crossing>()
                  follow backward p
                  backward.Reverse()
                  backward.AddRange forward
                  List.ofSeq backward ]

    /// <summary>The lines on which a matrix, read at grid points and interpolated between them, takes a value.</summary>
    /// <param name="xs">Abscissae of the columns.</param>
    /// <param name="ys">Ordinates of the rows.</param>
    /// <param name="values">Values by row and column; cells with NaN are skipped.</param>
    /// <param name="level">The value.</param>
    /// <returns>Polylines, in a fixed order.</returns>
    let lines (xs: float[]) (ys: float[]) (values: float[,]) (level: float) : (float[] * float[]) list =
        let place (struct (row, column, along): Crossing) =
            let here = values[row, column]
            let there = if along then values[row, column + 1] else values[row + 1, column]
            let share = if there = here then 0.5 else (level - here) / (there - here)

            if along then
                xs[column] + share * (xs[column + 1] - xs[column]), ys[row]
            else
                xs[column], ys[row] + share * (ys[row + 1] - ys[row])

        chains (segmentsOf values level)
        |> List.map (fun chain -> chain |> List.map place |> List.toArray |> Array.unzip)
