namespace AnalogTheory

open System

/// One weight on a device under a noise, and the range of weights for which an engineer reads off the largest floor.
[<NoEquality; NoComparison>]
type CeilingSetting =
    {
        /// Device.
        Device: Device
        /// Lower end of the range of weights.
        Lower: float
        /// Upper end.
        Upper: float
        /// L of f = (L/2)(w − w*)².
        Curvature: float
        /// w*.
        Minimizer: float
        /// ε at a weight.
        Noise: float -> Moments
        /// Where the mean step vanishes.
        FixedPoint: float
    }

/// <summary>Claim N10: the largest floor that any noise of deviation σ can force on Analog SGD while the weights stay in a range, read off the device.</summary>
/// <remarks>
/// Where the mean step vanishes. N1 says the same of every α and K for the average weighted by F(1 − ρ²); a chain whose coordinates circle, which takes
/// noise that depends on several weights, may spend more of its time where F is small, so there the weight stays.
/// </remarks>
[<RequireQualifiedAccess>]
module FloorCeiling =

    let private slope setting w = setting.Curvature * (w - setting.Minimizer)

    // The zero of the mean step between a point where it pulls one way and one where it pulls the other.
    let private fixedPoint (device: Device) curvature minimizer (noise: float -> Moments) (lower: float) (upper: float) =
        let derivative w = curvature * (w - minimizer)
        MeanField.tryFixedPoint device derivative noise lower upper |> Option.defaultValue nan

    /// A setting whose fixed point is looked for between w⋄, or the middle of the range where there is none, and w*.
    let internal create device lower upper curvature minimizer noise : CeilingSetting =
        let centre = SymmetricPoint.tryFind device |> Option.defaultValue (0.5 * (lower + upper))

        { Device = device
          Lower = lower
          Upper = upper
          Curvature = curvature
          Minimizer = minimizer
          Noise = noise
          FixedPoint = fixedPoint device curvature minimizer noise centre minimizer }

    /// <summary>(∂f)² at the fixed point against σ²·sup ρ²/(1 − ρ²) over the range.</summary>
    /// <param name="setting">Device, noise and objective at whose fixed point the floor stands.</param>
    let below (setting: CeilingSetting) : Comparison =
        let floor = pown (slope setting setting.FixedPoint) 2
        let ceiling = (WorstFloor.largest setting.Device setting.Lower setting.Upper).PerVariance
        let bound = (setting.Noise setting.FixedPoint).SecondMoment * ceiling

        if Double.IsPositiveInfinity bound then
            Comparison.atMost floor bound
        else
            Claim.atMost (floor + bound) floor bound

    // Hypotheses ---------------------------------------------------------------------------------------------------------------------

    let private insideName = "the fixed point lies in the range"
    let private meanName = "A3′: E ε = 0"
    let private positiveName = "|G| < F on the range"

    let private hypotheses =
        [ Claim.hypothesis insideName (fun setting ->
              Math.Min(setting.FixedPoint - setting.Lower, setting.Upper - setting.FixedPoint) + 1e-12)
          Claim.hypothesis meanName (fun setting ->
              let moments = setting.Noise setting.FixedPoint
              1e-14 * sqrt moments.SecondMoment - abs moments.Mean) ]

    // Instances ----------------------------------------------------------------------------------------------------------------------

    let private noises (device: Device) : (float -> Moments) list =
        [ for deviation in [ 0.05; 0.3; 1.0 ] do
              fun _ -> Moments.gaussian deviation
              fun _ -> Moments.clippedGaussian deviation 1.5
              fun _ -> Moments.uniform deviation

              for p in [ 0.03; 0.3; 0.5; 0.8 ] do
                  let above, below = deviation * sqrt ((1.0 - p) / p), -deviation * sqrt (p / (1.0 - p))
                  fun _ -> Moments.twoPoint p above below

              Moments.leaningTwoPoint deviation device ]

    // What keeps the fixed point within the range: for every noise the problems of which that is true.
    let private family (sample: DeviceSample) : CeilingSetting list =
        [ for share in [ 0.0; 0.2; 0.45; 0.7; 0.9; 1.0; 1.2 ] do
              for curvature in [ 0.5; 2.0 ] do
                  for noise in noises sample.Device do
                      let setting = create sample.Device sample.Lower sample.Upper curvature (sample.At share) noise
                      if setting.FixedPoint >= sample.Lower && setting.FixedPoint <= sample.Upper then setting ]

    // The worst noise, its fixed point put where the range is worst.
    let private worst (sample: DeviceSample) : WorstNoiseInstance =
        { Device = sample.Device
          Curvature = 1.0
          Deviation = 0.2
          Dimension = 1
          FixedPoint = (WorstFloor.largest sample.Device sample.Lower sample.Upper).Weight }

    // The worst noise's mean step vanishes there, and ‖∇f‖² is the ceiling, which its enclosure holds.
    let private attained (sample: DeviceSample) : Comparison list =
        let instance = worst sample
        let variance = instance.Deviation * instance.Deviation
        let ceiling = WorstFloor.largest sample.Device sample.Lower sample.Upper
        let enclosure = WorstFloor.enclose sample.Device sample.Lower sample.Upper
        let gradient = instance.FixedPoint - instance.Minimizer

        [ Claim.equal (1.0 + abs gradient) (WorstNoiseInstance.drift instance instance.FixedPoint) 0.0
          Claim.equal (gradient * gradient) (gradient * gradient) (variance * ceiling.PerVariance)
          Comparison.atMost enclosure.Lower ceiling.PerVariance
          Comparison.atMost ceiling.PerVariance enclosure.Upper
          Comparison.atMost enclosure.Width (1e-6 * (1.0 + ceiling.PerVariance)) ]

    let private positiveOnSample =
        Claim.hypothesis positiveName (fun (sample: DeviceSample) ->
            if Double.IsFinite (WorstFloor.largest sample.Device sample.Lower sample.Upper).PerVariance then
                0.0
            else
                -1.0)

    let private whole = GenericLinear.create 1.0 0.3

    /// N10.
    let all: ITheorem list =
        [ Theorem.pack
              { Id = "N10"
                Source = Source.derived "N10"
                Variant = "every device, every noise"
                Statement =
                  "where the mean step vanishes, (∂f)² ≤ σ²·sup ρ²/(1 − ρ²) over the range of weights that holds it; ρ²/(1 − ρ²) = (q₋ − q₊)²/(4q₊q₋)"
                Hypotheses = hypotheses |> List.map Claim.onAll
                Instances = [ for sample in DeviceFamilies.all -> sample.Name, family sample ]
                Evidence = ByComputation(List.map below)
                Necessity =
                  Search.necessityWithin
                      2000
                      hypotheses
                      [ Search.free "c" -0.8 0.8
                        Search.free "r" 0.05 0.9
                        Search.free "w*" -2.0 2.0
                        Search.free "s" 0.05 2.0
                        Search.free "p" 0.05 0.95
                        Search.freed meanName "E ε" -1.0 1.0 0.0 ]
                      (fun point ->
                          let moments = (Claim.biased point[3] point[4] point[5]).Moments (Weights.zeros 1) 0
                          create (GenericLinear.create 1.0 point[0]) -point[1] point[1] 1.0 point[2] (fun _ -> moments))
                      below }
          Theorem.pack
              { Id = "N10-attained"
                Source = Source.derived "N10"
                Variant = "every device"
                Statement =
                  "two-point noise leaning against the device puts the fixed point at the worst weight of the range, and the floor there is σ²·sup ρ²/(1 − ρ²)"
                Hypotheses = [ positiveOnSample ]
                Instances = [ for sample in DeviceFamilies.all -> sample.Name, sample ]
                Evidence = ByComputation attained
                Necessity =
                  [ Search.among
                        positiveName
                        (attained >> Claim.worst)
                        [ "generic linear, c = 0.3, τ = 1, |w| ≤ 1", { Name = "whole range"; Device = whole; Lower = -1.0; Upper = 1.0 } ] ] } ]
