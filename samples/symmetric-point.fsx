// The symmetric point: transfer algorithms on arrays whose elements do not stand still at zero.
//
//     dotnet fsi symmetric-point.fsx
//
// Pulses up and down leave an element at its symmetric point. Theory puts it at 0; here it stands at an offset, and pulls at every weight that pulses
// move. SGD's loss grows more than a hundredfold; residual learning (W + 0.4 P) keeps the smallest at 0.3. RIDER subtracts a reference that follows P
// (arXiv 2602.21321); at its usual speed, 0.1 a step, the reference also takes up the gradient, unless signs flip at random, as in E-RIDER.

#r "nuget: AnalogTheory.Tiles, 0.1.0"

open System
open System.Globalization
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

printfn "%-12s%10s%10s%10s" "offset" "0" "0.1" "0.3"

for algorithm in [ "sgd"; "tiki-taka"; "residual"; "rider"; "e-rider" ] do
    let losses = [ for offset in [ 0.0; 0.1; 0.3 ] -> (late algorithm offset).ToString("0.0e+0", CultureInfo.InvariantCulture) ]
    printfn "%-12s%10s%10s%10s" algorithm losses[0] losses[1] losses[2]

// Prints
//   offset               0       0.1       0.3
//   sgd             1.3e-5    2.0e-5    2.3e-3
//   tiki-taka       1.0e-3    1.3e-3    2.5e-3
//   residual        6.6e-5    1.1e-4    2.6e-4
//   rider           1.7e-3    2.8e-2    2.9e-1
//   e-rider         2.8e-5    3.8e-5    5.2e-4
