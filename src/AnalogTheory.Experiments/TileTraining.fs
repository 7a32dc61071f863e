namespace AnalogTheory

open System
open System.Collections.Immutable
open AnalogTheory.Tiles.Algorithms
open AnalogTheory.Tiles.Arrays
open AnalogTheory.Tiles.Devices
open AnalogTheory.Tiles.Periphery
open AnalogTheory.Tiles.Problems

/// Least squares of a study trained on arrays, many runs side by side.
[<RequireQualifiedAccess>]
module TileTraining =

    /// One curve: its label, its training, and the key of each of its runs.
    type Curve =
        {
            /// Label.
            Label: string
            /// Training of run i: runs may have data of their own.
            Training: int -> LeastSquaresTraining
            /// Key of the curve; run i has the i-th key folded from it.
            Key: Key
        }

    /// <summary>The asymmetric linear device of 2406.12774v1 in pulses: q± = 1 ∓ w/τ, all elements alike, no noise from pulse to pulse.</summary>
    /// <param name="radius">τ.</param>
    /// <param name="granularity">Δw_min.</param>
    let asymmetricLinear (radius: float) (granularity: float) : DeviceSettings =
        SoftBoundsDevice(Granularity = granularity, UpperBound = radius, LowerBound = -radius).WithoutSpread().WithoutNoise()

    /// <summary>The factor between a study's loss and half the mean square, which is what arrays minimise.</summary>
    /// <param name="study">Sizes, scales, noise and horizon of the study.</param>
    let multiple (study: LeastSquaresStudy) : float = study.Loss.Scale study.Samples * float study.Samples

    /// <summary>Analog SGD on a row of elements.</summary>
    /// <param name="start">W₀, and the start of the bias where there is one; empty for zeros.</param>
    /// <param name="study">The problem; a bias weight is digital.</param>
    /// <param name="matrix">A.</param>
    /// <param name="target">b.</param>
    /// <param name="model">Device and periphery.</param>
    /// <param name="bitLength">Longest train.</param>
    /// <param name="rate">α for the study's loss.</param>
    let analogSgdFrom
        (start: float[])
        (study: LeastSquaresStudy)
        (matrix: float[,])
        (target: float[])
        (model: ArrayModel)
        (bitLength: int)
        (rate: float)
        =
        let update = UpdateSettings(BitLength = bitLength)
        let dimension = Array2D.length2 matrix
        let algorithm key = PulsedSgd(model.Create(1, dimension, key), update) :> IArrayAlgorithm

        LeastSquaresTraining(
            matrix,
            ImmutableArray.CreateRange target,
            Func<uint64, IArrayAlgorithm> algorithm,
            rate * multiple study,
            TrainsBias = study.HasBiasWeight,
            Start = ImmutableArray.CreateRange(start |> Seq.truncate dimension |> Seq.map float32),
            StartBias = (if start.Length > dimension then start[dimension] else 0.0)
        )

    /// <summary>Analog SGD on a row of elements that start at 0.</summary>
    /// <param name="study">Sizes, scales, noise and horizon of the study.</param>
    let analogSgd (study: LeastSquaresStudy) = analogSgdFrom [||] study

    /// <summary>Losses of all runs of all curves, on as many threads as the budget allows.</summary>
    /// <param name="budget">What may be spent; the number of runs is given apart.</param>
    /// <param name="runs">Runs of each curve.</param>
    /// <param name="steps">K.</param>
    /// <param name="every">Steps between recorded losses.</param>
    /// <param name="scale">Factor on f = ‖AW + bias − b‖²/(2N).</param>
    /// <param name="curves">Curves.</param>
    let run (budget: Budget) (runs: int) (steps: int64) (every: int) (scale: float) (curves: Curve list) : Series list =
        let jobs =
            [| for curve in curves do
                   for i in 0 .. runs - 1 -> curve, i |]

        let losses (curve: Curve, i: int) =
            curve.Training(i).Losses((Key.fold (uint64 i) curve.Key).Bits, int steps, every, budget.Execution.Cancellation)
            |> Array.map ((*) scale)

        Budget.map losses jobs budget
        |> Array.chunkBySize runs
        |> List.ofArray
        |> List.map2
            (fun (curve: Curve) losses ->
                { Label = curve.Label
                  X = Array.init losses[0].Length (fun t -> float (t * every))
                  Runs = losses })
            curves
