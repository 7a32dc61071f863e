namespace AnalogTheory.Proofs

open System.Runtime.Intrinsics
open AnalogTheory
open AnalogTheory.Kernels.Algebra

/// Everything that a law gives at one weight and increment, as doubles.
type Evaluated =
    { Up: float
      Down: float
      Symmetric: float
      Asymmetric: float
      Update: float
      UpdateByCases: float }

    member e.All = [ e.Up; e.Down; e.Symmetric; e.Asymmetric; e.Update; e.UpdateByCases ]

/// A floating-point instance of the algebra: evaluates a device at several weights at once.
[<NoEquality; NoComparison>]
type Instance =
    { Name: string
      Lanes: int
      Evaluate: Device -> float[] -> float -> Evaluated[] }

[<RequireQualifiedAccess>]
module Instances =

    // One call of the law in the number system T, read back lane by lane.
    let inline private instance
        name
        lanes
        ([<InlineIfLambda>] pack: float[] -> ^T)
        ([<InlineIfLambda>] lane: ^T -> int -> float)
        : Instance =
        { Name = name
          Lanes = lanes
          Evaluate =
            fun device weights increment ->
                let w, d = pack weights, pack (Array.create lanes increment)
                let response = device.Law.At w
                let update, cases = device.Law.Update(w, d), device.Law.UpdateByCases(w, d)

                Array.init lanes (fun i ->
                    { Up = lane response.Up i
                      Down = lane response.Down i
                      Symmetric = lane response.Symmetric i
                      Asymmetric = lane response.Asymmetric i
                      Update = lane update i
                      UpdateByCases = lane cases i }) }

    let scalar: Instance = instance "double" 1 (fun x -> Scalar x[0]) (fun (t: Scalar) _ -> t.Value)

    let scalarSingle: Instance =
        instance "float" 1 (fun x -> ScalarSingle(float32 x[0])) (fun (t: ScalarSingle) _ -> float t.Value)

    /// Instances that must give the doubles of `scalar`, bit for bit.
    let doubles: Instance list =
        [ instance "Vector256<double>" 4 (fun x -> Lanes256(Vector256.Create(x, 0))) (fun (t: Lanes256) i -> t.Value.GetElement i)
          instance "Vector512<double>" 8 (fun x -> Lanes512(Vector512.Create(x, 0))) (fun (t: Lanes512) i -> t.Value.GetElement i) ]

    /// Instances that must give the floats of `scalarSingle`, bit for bit.
    let singles: Instance list =
        let floats (x: float[]) = Array.map float32 x

        [ instance "Vector256<float>" 8 (fun x -> Lanes256Single(Vector256.Create(floats x, 0))) (fun (t: Lanes256Single) i ->
              float (t.Value.GetElement i))
          instance "Vector512<float>" 16 (fun x -> Lanes512Single(Vector512.Create(floats x, 0))) (fun (t: Lanes512Single) i ->
              float (t.Value.GetElement i)) ]

    /// The law over an interval of weights, with a fixed increment.
    let enclose (device: Device) (weights: Interval) (increment: float) : Interval list =
        let d = Interval.Point increment
        let response = device.Law.At weights

        [ response.Up
          response.Down
          response.Symmetric
          response.Asymmetric
          device.Law.Update(weights, d)
          device.Law.UpdateByCases(weights, d) ]
