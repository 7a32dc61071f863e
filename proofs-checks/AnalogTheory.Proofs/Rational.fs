namespace AnalogTheory.Proofs

open System
open System.Numerics

/// A ratio of integers in lowest terms with a positive denominator: arithmetic without rounding.
[<CustomEquality; CustomComparison>]
type Rational =
    private
        { Numerator: BigInteger
          Denominator: BigInteger }

    static member Create(numerator: BigInteger, denominator: BigInteger) : Rational =
        if denominator.IsZero then raise (DivideByZeroException "Expected a denominator other than 0.")

        let divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * BigInteger denominator.Sign
        { Numerator = numerator / divisor; Denominator = denominator / divisor }

    static member Zero = Rational.Create(BigInteger.Zero, BigInteger.One)
    static member One = Rational.Create(BigInteger.One, BigInteger.One)

    static member (+)(a, b) =
        Rational.Create(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator)

    static member (-)(a, b) =
        Rational.Create(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator)

    static member (*)(a, b) = Rational.Create(a.Numerator * b.Numerator, a.Denominator * b.Denominator)
    static member (/)(a, b) = Rational.Create(a.Numerator * b.Denominator, a.Denominator * b.Numerator)
    static member (~-) a = { a with Numerator = -a.Numerator }
    static member Abs(a: Rational) = { a with Numerator = BigInteger.Abs a.Numerator }
    member a.Sign = a.Numerator.Sign

    /// A double near the ratio; for messages and for tolerances, never for exact comparisons.
    member a.Approximate =
        // Both parts shifted to 64 significant bits, so that neither overflows.
        let shift = int (a.Denominator.GetBitLength()) - 64

        if shift <= 0 then
            float a.Numerator / float a.Denominator
        else
            float (a.Numerator >>> shift) / float (a.Denominator >>> shift)

    override a.Equals other =
        match other with
        | :? Rational as b -> a.Numerator = b.Numerator && a.Denominator = b.Denominator
        | _ -> false

    override a.GetHashCode() = HashCode.Combine(a.Numerator, a.Denominator)
    override a.ToString() = $"{a.Numerator}/{a.Denominator} ≈ {a.Approximate:R}"

    interface IComparable with
        member a.CompareTo other =
            match other with
            | :? Rational as b -> BigInteger.Compare(a.Numerator * b.Denominator, b.Numerator * a.Denominator)
            | _ -> invalidArg (nameof other) "Expected a Rational."

[<RequireQualifiedAccess>]
module Rational =

    let ofInt (n: int) : Rational = Rational.Create(BigInteger n, BigInteger.One)

    let ratio (numerator: int) (denominator: int) : Rational = Rational.Create(BigInteger numerator, BigInteger denominator)

    /// The number that a finite double is, exactly.
    let ofFloat (x: float) : Rational =
        if not (Double.IsFinite x) then invalidArg (nameof x) $"Expected a finite number, got {x}."

        let bits = BitConverter.DoubleToInt64Bits x
        let field = int (bits >>> 52) &&& 0x7FF
        let mantissa = BigInteger((bits &&& 0xFFFFFFFFFFFFFL) ||| (if field = 0 then 0L else 1L <<< 52))
        let exponent = (max field 1) - 1075
        let signed = if x < 0.0 then -mantissa else mantissa

        if exponent >= 0 then
            Rational.Create(signed <<< exponent, BigInteger.One)
        else
            Rational.Create(signed, BigInteger.One <<< -exponent)

    let rec power (n: int) (x: Rational) : Rational = if n = 0 then Rational.One else x * power (n - 1) x
