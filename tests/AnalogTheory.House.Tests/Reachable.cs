using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AnalogTheory.House.Tests;

/// <summary>What a user of an assembly can reach and somebody has written, in C# or in F#.</summary>
internal static class Reachable
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] s_ofObject = ["Equals", "GetHashCode", "ToString", "CompareTo", "Deconstruct"];

    internal static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(MulticastDelegate));

    internal static IEnumerable<Type> Types(string assembly) =>
        Assembly
            .Load(assembly)
            .GetExportedTypes()
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !(type.DeclaringType is { } outer && IsUnion(outer)));

    internal static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Declared).Where(member => IsWritten(member, type));

    internal static string Name(MemberInfo member) => $"{member.DeclaringType!.FullName}.{member.Name}";

    private static bool IsWritten(MemberInfo member, Type type)
    {
        if (IsDelegate(type))
        {
            return member.Name == "Invoke";
        }

        if (
            member.IsDefined(typeof(CompilerGeneratedAttribute))
            || member.MemberType == MemberTypes.NestedType
            || s_ofObject.Contains(member.Name)
            || member.Name == "value__"
        )
        {
            return false;
        }

        return member switch
        {
            MethodBase { IsSpecialName: true } method when method is MethodInfo => method.Name.StartsWith("op_", StringComparison.Ordinal)
                && method.Name is not ("op_Equality" or "op_Inequality"),
            // Without parameters it makes what the type's words describe; where the compiler wrote it, there is no place for others.
            ConstructorInfo constructor => !IsData(type) && constructor.GetParameters().Length > 0,
            // Cases and what the compiler derives from them; a case is documented as a nested type.
            MethodInfo or PropertyInfo when IsUnion(type) => !member.IsDefined(MappingAttribute(type))
                && !member.Name.StartsWith("Is", StringComparison.Ordinal)
                && member.Name is not ("Tag" or "Item"),
            // Explicit implementations are private; what implements an interface of the system is documented there.
            MethodInfo method => method.GetBaseDefinition().DeclaringType == type && !IsOfSystem(method, type),
            _ => true,
        };
    }

    private static bool IsOfSystem(MethodInfo method, Type type) =>
        method.IsVirtual
        && !type.IsInterface
        && type.GetInterfaces()
            .Where(face => face.Assembly == typeof(object).Assembly)
            .Any(face => type.GetInterfaceMap(face).TargetMethods.Contains(method));

    private static bool IsUnion(Type type) => Mapping(type) == 1;

    // Records, unions and exceptions of F#: their constructors follow from their fields.
    private static bool IsData(Type type) => Mapping(type) is 1 or 2 or 5;

    private static int Mapping(Type type) =>
        type.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.Name == "CompilationMappingAttribute")
            is { ConstructorArguments: [{ Value: int flags }, ..] }
            ? flags & 31
            : 0;

    private static Type MappingAttribute(Type type) =>
        type.GetCustomAttributesData().First(attribute => attribute.AttributeType.Name == "CompilationMappingAttribute").AttributeType;
}
