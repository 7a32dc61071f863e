using System;
using System.Runtime.InteropServices;
using AnalogTheory.Kernels.Algebra;
using AnalogTheory.Kernels.Elementary;
using AnalogTheory.Kernels.Tests.References;
using Xunit;

namespace AnalogTheory.Kernels.Tests.Algebra;

/// <summary>Every operation on lanes is the scalar operation lane by lane, bit for bit; any NaN counts as equal to any other.</summary>
public static class LanesTests
{
    private const int Rounds = 4000;

    public static TheoryData<string> Operations =>
        [
            "+",
            "-",
            "*",
            "/",
            "negate",
            "abs",
            "sqrt",
            "min",
            "max",
            "fma",
            "exp",
            "log",
            "select",
            "map",
            "zero",
            "one",
            "constant",
            "word",
            "index",
            "and",
            "or",
            "xor",
            "xor3",
            "add words",
            "multiply low",
            "shift left",
            "shift right",
            "round",
            "sin",
            "cos",
        ];

    public static TheoryData<string> SingleOperations =>
        [
            "+",
            "-",
            "*",
            "/",
            "negate",
            "abs",
            "sqrt",
            "min",
            "max",
            "fma",
            "exp",
            "log",
            "select",
            "map",
            "zero",
            "one",
            "constant",
            "word",
            "and",
            "or",
            "xor",
            "add words",
            "shift left",
            "shift right",
            "from integers",
        ];

    private sealed class Halve : ScalarFunction
    {
        public override string Name => "halve";

        public override double At(double x) => 0.5 * x;
    }

    private static readonly Halve Function = new();

    // What every number system offers.
    private static T Common<T>(string operation, T a, T b, T c)
        where T : struct, IAlgebra<T> =>
        operation switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "negate" => -a,
            "abs" => T.Abs(a),
            "sqrt" => T.Sqrt(a),
            "min" => T.Min(a, b),
            "max" => T.Max(a, b),
            "fma" => T.FusedMultiplyAdd(a, b, c),
            "exp" => T.Exp(a),
            "log" => T.Log(a),
            "select" => T.SelectNonNegative(a, b, c),
            "map" => T.Map(Function, a),
            "zero" => T.Zero,
            "one" => T.One,
            "constant" => T.Constant(-0.1),
            _ => throw new ArgumentException($"Expected a known operation, got {operation}.", nameof(operation)),
        };

    private static T Apply<T>(string operation, T a, T b, T c)
        where T : struct, ILanes<T>
    {
        switch (operation)
        {
            case "word":
                return T.Word(0x0123_4567_89AB_CDEFUL);
            case "index":
                return T.LaneIndex;
            case "and":
                return T.And(a, b);
            case "or":
                return T.Or(a, b);
            case "xor":
                return T.Xor(a, b);
            case "xor3":
                return T.Xor(a, b, c);
            case "add words":
                return T.AddWords(a, b);
            case "multiply low":
                return T.MultiplyLow(a, b);
            case "shift left":
                return T.ShiftLeft(a, 13);
            case "shift right":
                return T.ShiftRight(a, 52);
            case "round":
                return T.RoundToEven(a);
            case "sin":
            case "cos":
                T turns = T.ShiftRight(T.And(a, T.Word(0x3FEF_FFFF_FFFF_FFFFUL)), 0);
                SinCos.OfTurns(turns, out T sin, out T cos);
                return operation == "sin" ? sin : cos;
            default:
                return Common(operation, a, b, c);
        }
    }

    private static T ApplySingle<T>(string operation, T a, T b, T c)
        where T : struct, ILanesSingle<T> =>
        operation switch
        {
            "word" => T.Word(0x89AB_CDEFU),
            "and" => T.And(a, b),
            "or" => T.Or(a, b),
            "xor" => T.Xor(a, b),
            "add words" => T.AddWords(a, b),
            "shift left" => T.ShiftLeft(a, 2),
            "shift right" => T.ShiftRight(a, 23),
            "from integers" => T.FromIntegers(a),
            _ => Common(operation, a, b, c),
        };

    [Theory]
    [MemberData(nameof(Operations))]
    public static void DoubleLanesAreScalars(string operation)
    {
        LikeScalar<Lanes256>(operation);
        LikeScalar<Lanes512>(operation);
    }

    [Theory]
    [MemberData(nameof(SingleOperations))]
    public static void FloatLanesAreScalars(string operation)
    {
        LikeScalarSingle<Lanes256Single>(operation);
        LikeScalarSingle<Lanes512Single>(operation);
    }

    [Fact]
    public static void TheCountsAreTheNamedOnes()
    {
        Assert.Equal((1, 4, 8), (Scalar.Count, Lanes256.Count, Lanes512.Count));
        Assert.Equal((1, 8, 16), (ScalarSingle.Count, Lanes256Single.Count, Lanes512Single.Count));
    }

    // Min and max leave open which operand they return when one is NaN.
    private static bool Unspecified(string operation, double a, double b) =>
        operation is "min" or "max" && (double.IsNaN(a) || double.IsNaN(b));

    private static void LikeScalar<T>(string operation)
        where T : struct, ILanes<T>
    {
        var draws = new Draws(5);
        var operands = new T[4];
        Span<double> values = MemoryMarshal.Cast<T, double>(operands.AsSpan());
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (round % 3) switch
                {
                    0 => draws.AnyDouble(),
                    1 => draws.Special(),
                    _ => draws.Between(-50.0, 50.0),
                };
            }

            operands[3] = Apply(operation, operands[0], operands[1], operands[2]);
            for (int lane = 0; lane < T.Count; lane++)
            {
                double a = values[lane],
                    b = values[T.Count + lane],
                    c = values[(2 * T.Count) + lane],
                    actual = values[(3 * T.Count) + lane];
                double expected =
                    operation == "index"
                        ? BitConverter.UInt64BitsToDouble((ulong)lane)
                        : Apply(operation, new Scalar(a), new Scalar(b), new Scalar(c)).Value;
                bool same = BitConverter.DoubleToInt64Bits(actual) == BitConverter.DoubleToInt64Bits(expected);
                Assert.True(
                    same || (double.IsNaN(actual) && double.IsNaN(expected)) || Unspecified(operation, a, b),
                    $"{typeof(T).Name} {operation} of {a:R}, {b:R}, {c:R}: {actual:R}, expected {expected:R}"
                );
            }
        }
    }

    private static void LikeScalarSingle<T>(string operation)
        where T : struct, ILanesSingle<T>
    {
        var draws = new Draws(6);
        var operands = new T[4];
        Span<float> values = MemoryMarshal.Cast<T, float>(operands.AsSpan());
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (round % 3) switch
                {
                    0 => draws.AnySingle(),
                    1 => (float)draws.Special(),
                    _ => (float)draws.Between(-50.0, 50.0),
                };
            }

            operands[3] = ApplySingle(operation, operands[0], operands[1], operands[2]);
            for (int lane = 0; lane < T.Count; lane++)
            {
                float a = values[lane],
                    b = values[T.Count + lane],
                    c = values[(2 * T.Count) + lane],
                    actual = values[(3 * T.Count) + lane];
                float expected = ApplySingle(operation, new ScalarSingle(a), new ScalarSingle(b), new ScalarSingle(c)).Value;
                bool same = BitConverter.SingleToInt32Bits(actual) == BitConverter.SingleToInt32Bits(expected);
                Assert.True(
                    same || (float.IsNaN(actual) && float.IsNaN(expected)) || Unspecified(operation, a, b),
                    $"{typeof(T).Name} {operation} of {a:R}, {b:R}, {c:R}: {actual:R}, expected {expected:R}"
                );
            }
        }
    }
}
