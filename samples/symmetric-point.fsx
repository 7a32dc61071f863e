// The symmetric point: transfer algorithms on arrays whose elements do not stand still at zero.
//
//     dotnet fsi symmetric-point.fsx
//
// Tiki-Taka needs elements that pulses up and down leave at 0. Here they settle at an offset instead. Plain transfer turns the offset into an error of
// the weights; RIDER follows it and subtracts it (arXiv 2602.21321).

#r "nuget: AnalogTheory.Tiles, 0.1.0"

open System
open System.Collections.Immutable
open AnalogTheory.Kernels.Sampling
open AnalogTheory.Tiles.Algorithms
open AnalogTheory.Tiles.Arrays
open AnalogTheory.Tiles.Devices
open AnalogTheory.Tiles.Problems

let struct (matrix, target) = LeastSquaresTraining.RandomData(samples = 20, dimension = 10, matrixScale = 1.0, targetScale = 0.3, key = 1UL)

/// Mean loss of the last quarter of a run: soft bounds at ±1 with a symmetric point at the offset.
let late (algorithm: string) (offset: float) : float =
    let device = SoftBoundsReferenceDevice(UpperBound = 1.0, LowerBound = -1.0, ReferenceMean = -offset).WithoutSpread()
    let model = ArrayModel(device)
    let create (key: uint64) = ArrayAlgorithms.Named(algorithm, fun n -> model.Create(1, 10, Keys.Fold(key, uint64 n)))
    let training = LeastSquaresTraining(matrix, target, Func<uint64, IArrayAlgorithm> create, learningRate = 0.1)
    let losses = training.Losses(key = 1UL, steps = 2000, every = 10)
    Array.average losses[150..]

printfn "%-18s%12s%12s%12s" "offset" "0" "0.1" "0.3"

for algorithm in [ "sgd"; "tiki-taka"; "residual"; "rider" ] do
    let losses = [ for offset in [ 0.0; 0.1; 0.3 ] -> late algorithm offset ]
    printfn "%-18s%12.2e%12.2e%12.2e" algorithm losses[0] losses[1] losses[2]

// Prints
//   TO BE FILLED
