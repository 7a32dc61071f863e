using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text;

namespace AnalogTheory.Cli.Tests.Culture;

/// <summary>
/// Finds code that formats or parses numbers, or compares and changes text, as the user's culture does: in the compiled code, where F# and C# are
/// alike and nothing is left to guess.
/// </summary>
internal static class CultureSensitiveCode
{
    // Numbers that have a sign, a point or a form of their own; the others are digits everywhere.
    private static readonly HashSet<Type> s_numbers =
    [
        typeof(double),
        typeof(float),
        typeof(decimal),
        typeof(sbyte),
        typeof(short),
        typeof(int),
        typeof(long),
        typeof(DateTime),
        typeof(TimeSpan),
        typeof(System.Numerics.BigInteger),
    ];

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>What an assembly does, one line a place.</summary>
    internal static IEnumerable<string> In(Assembly assembly) => assembly.GetTypes().SelectMany(Methods).SelectMany(In);

    private static IEnumerable<MethodBase> Methods(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        // What compilers write is not ours to change: the text of a record in a debugger, the readers and writers of JSON.
        return
        [
            .. type.GetMethods(All).Where(method => method.Name != "PrintMembers" && !IsGenerated(method)),
            .. type.GetConstructors(All).Where(method => !IsGenerated(method)),
        ];
    }

    private static bool IsGenerated(MemberInfo member) =>
        member.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is not null
        || (member.DeclaringType is { } owner && IsGenerated(owner));

    private static IEnumerable<string> In(MethodBase method)
    {
        string text = "";
        int boxed = 0;
        bool hasProvider = true;
        Type? constrained = null;
        foreach ((OpCode code, object? operand) in Instructions(method))
        {
            string? wrong = null;
            if (code == OpCodes.Ldstr)
            {
                text = (string)operand!;
            }
            else if (code == OpCodes.Box && operand is Type type && s_numbers.Contains(type))
            {
                boxed++;
            }
            else if (operand is MethodBase called && code.OperandType == OperandType.InlineMethod)
            {
                if (called.IsConstructor && called.DeclaringType is { IsGenericType: true, Name: "PrintfFormat`5" })
                {
                    // An interpolated string of F#: holes are %P, with a type before them if they are written so.
                    bool isInterpolated = called.GetParameters().Length == 3;
                    wrong = isInterpolated && boxed > 0 && PlainHoles(text) > 0 ? "an interpolated number" : null;
                    boxed = 0;
                }
                else if (called.IsConstructor && called.DeclaringType?.GetCustomAttribute<InterpolatedStringHandlerAttribute>() is not null)
                {
                    hasProvider = called.GetParameters().Any(parameter => parameter.ParameterType == typeof(IFormatProvider));
                }
                else if (called.Name == "AppendFormatted" && !hasProvider && called is MethodInfo { IsGenericMethod: true } append)
                {
                    Type value = append.GetGenericArguments()[0];
                    wrong = s_numbers.Contains(Nullable.GetUnderlyingType(value) ?? value) ? "an interpolated number" : null;
                }
                else if (called.Name == "Create" && called.DeclaringType == typeof(FormattableStringFactory))
                {
                    boxed = 0;
                }
                else
                {
                    // What FSharp.Core inlines of its own messages.
                    wrong =
                        called.Name == "Format" && text.StartsWith("{0}\n", StringComparison.Ordinal) ? null : Call(called, constrained);
                }
            }

            constrained = code == OpCodes.Constrained ? (Type)operand! : null;
            if (wrong is not null)
            {
                yield return $"{method.DeclaringType}.{method.Name}: {wrong}, near \"{text}\"";
            }
        }
    }

    private static string? Call(MethodBase called, Type? constrained)
    {
        Type? owner = constrained ?? called.DeclaringType;
        ParameterInfo[] parameters = called.GetParameters();
        bool isTold = parameters.Any(parameter =>
            parameter.ParameterType == typeof(IFormatProvider)
            || parameter.ParameterType == typeof(CultureInfo)
            || parameter.ParameterType == typeof(StringComparison)
            || parameter.ParameterType == typeof(char)
        );
        if (isTold || owner is null)
        {
            return null;
        }

        bool isCultural =
            (s_numbers.Contains(owner) && called.Name is "ToString" or "Parse" or "TryParse" && s_numbers.Contains(owner))
            || (owner == typeof(Convert) && called.Name == "ToString" && s_numbers.Contains(parameters[0].ParameterType))
            || (
                owner == typeof(StringBuilder)
                && called.Name is "Append" or "Insert"
                && owner == typeof(StringBuilder)
                && s_numbers.Contains(parameters[^1].ParameterType)
            )
            || (owner == typeof(StringBuilder) && called.Name == "AppendFormat")
            || (
                owner == typeof(string)
                && called.Name
                    is "Format"
                        or "StartsWith"
                        or "EndsWith"
                        or "Compare"
                        or "CompareTo"
                        or "ToLower"
                        or "ToUpper"
                        or "LastIndexOf"
                        or "IndexOf"
                && owner == typeof(string)
            );
        return isCultural
            ? $"{owner.Name}.{called.Name}({string.Join(", ", parameters.Select(parameter => parameter.ParameterType.Name))})"
            : null;
    }

    private static int PlainHoles(string format)
    {
        int holes = 0;
        for (
            int at = format.IndexOf("%P(", StringComparison.Ordinal);
            at >= 0;
            at = format.IndexOf("%P(", at + 1, StringComparison.Ordinal)
        )
        {
            // A typed hole is written %d%P().
            int before = format.LastIndexOf('%', Math.Max(0, at - 1), Math.Max(0, Math.Min(at, 8)));
            holes +=
                before >= 0 && at - before >= 2 && format[(before + 1)..at].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-')
                    ? 0
                    : 1;
        }

        return holes;
    }

    private static IEnumerable<(OpCode Code, object? Operand)> Instructions(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[] ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
        Type[] ofMethod = method is { IsConstructor: false, IsGenericMethod: true } ? method.GetGenericArguments() : [];
        for (int at = 0; at < code.Length; )
        {
            short value = code[at++];
            if (value == 0xFE)
            {
                value = unchecked((short)(0xFE00 | code[at++]));
            }

            OpCode opcode = s_codes[value];
            object? operand = null;
            switch (opcode.OperandType)
            {
                case OperandType.InlineString:
                    operand = method.Module.ResolveString(BitConverter.ToInt32(code, at));
                    at += 4;
                    break;
                case OperandType.InlineMethod:
                case OperandType.InlineType:
                case OperandType.InlineTok:
                case OperandType.InlineField:
                    operand = method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(code, at));
                    break;
                case OperandType.InlineI8:
                case OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget:
                case OperandType.ShortInlineI:
                case OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                default:
                    at += 4;
                    break;
            }

            yield return (opcode, operand);
        }
    }
}
