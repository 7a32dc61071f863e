using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace AnalogTheory.CSharp.Tests;

/// <summary>Every type that an assembly's public surface mentions, with the place where it does.</summary>
internal static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static Assembly Facade => typeof(Device).Assembly;

    /// <summary>Whether the compiler writes everything in a type but its signature, which is documented on the type.</summary>
    internal static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(MulticastDelegate));

    /// <summary>Members that a consumer can reach: public, or protected in a type that can be derived from; of a delegate its signature.</summary>
    internal static IEnumerable<MemberInfo> Members(Type type) =>
        type.GetMembers(Declared).Where(member => IsVisible(member, type) && (!IsDelegate(type) || member.Name == "Invoke"));

    internal static IEnumerable<(string Place, Type Type)> Mentions(Assembly assembly) =>
        assembly
            .GetExportedTypes()
            .SelectMany(OfType)
            .SelectMany(mention => Parts(mention.Type).Select(part => (mention.Place, part)))
            .Concat(Attributes(assembly.GetName().Name!, assembly.GetCustomAttributesData()))
            .Distinct();

    private static bool IsVisible(MemberInfo member, Type type) =>
        member switch
        {
            MethodBase method => method.IsPublic || (!type.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly)),
            FieldInfo field => field.IsPublic || (!type.IsSealed && (field.IsFamily || field.IsFamilyOrAssembly)),
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => IsVisible(accessor, type)),
            EventInfo member2 => IsVisible(member2.AddMethod!, type),
            _ => false, // nested types are exported types of their own
        };

    private static IEnumerable<(string Place, Type Type)> OfType(Type type)
    {
        string place = type.FullName!;
        return new[] { type.BaseType }
            .OfType<Type>()
            .Concat(type.GetInterfaces())
            .Concat(type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()))
            .Select(mentioned => (place, mentioned))
            .Concat(Attributes(place, type.GetCustomAttributesData()))
            .Concat(Members(type).SelectMany(OfMember));
    }

    private static IEnumerable<(string Place, Type Type)> OfMember(MemberInfo member)
    {
        string place = $"{member.DeclaringType!.FullName}.{member.Name}";
        return (
            member switch
            {
                MethodInfo method => OfParameters(place, method.GetParameters())
                    .Concat(OfParameters(place, [method.ReturnParameter]))
                    .Concat(
                        method
                            .GetGenericArguments()
                            .SelectMany(argument => argument.GetGenericParameterConstraints())
                            .Select(type => (place, type))
                    ),
                ConstructorInfo constructor => OfParameters(place, constructor.GetParameters()),
                PropertyInfo property => OfParameters(place, property.GetIndexParameters())
                    .Concat([(place, property.PropertyType)])
                    .Concat(
                        property.GetRequiredCustomModifiers().Concat(property.GetOptionalCustomModifiers()).Select(type => (place, type))
                    ),
                FieldInfo field => [(place, field.FieldType)],
                EventInfo declared => [(place, declared.EventHandlerType!)],
                _ => Enumerable.Empty<(string, Type)>(),
            }
        ).Concat(Attributes(place, member.GetCustomAttributesData()));
    }

    private static IEnumerable<(string Place, Type Type)> OfParameters(string place, ParameterInfo[] parameters) =>
        parameters.SelectMany(parameter =>
            new[] { parameter.ParameterType }
                .Concat(parameter.GetRequiredCustomModifiers())
                .Concat(parameter.GetOptionalCustomModifiers())
                .Select(type => (place, type))
                .Concat(Attributes($"{place}({parameter.Name})", parameter.GetCustomAttributesData()))
        );

    private static IEnumerable<(string Place, Type Type)> Attributes(string place, IList<CustomAttributeData> attributes) =>
        attributes.SelectMany(attribute =>
            new[] { attribute.AttributeType }
                .Concat(attribute.ConstructorArguments.Select(argument => argument.ArgumentType))
                .Concat(attribute.ConstructorArguments.Select(argument => argument.Value).OfType<Type>())
                .Concat(attribute.NamedArguments.Select(argument => argument.TypedValue.ArgumentType))
                .Select(type => (place, type))
        );

    /// <summary>A type, its element type, its generic definition and arguments, and the types it is nested in.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        new[] { type }
            .Concat(type.HasElementType ? Parts(type.GetElementType()!) : [])
            .Concat(
                type.IsConstructedGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : []
            )
            .Concat(type.DeclaringType is { } outer && !type.IsGenericParameter ? [outer] : []);
}
