using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// Emits, for a grain interface, one reference class and one request class per method. A request holds the arguments in typed
/// fields and calls the grain directly, so that a call costs no reflection, boxing or argument array.
/// </summary>
internal static class ProxyBuilder
{
    private static readonly Type[] ReferenceArguments = [typeof(ReferenceRuntime), typeof(GrainId), typeof(InterfaceShape)];

    public static Type Build(InterfaceShape shape)
    {
        var name = "Orleans.Embedded.Proxies." + shape.Type.FullName;
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(name), AssemblyBuilderAccess.Run);
        foreach (var friend in AssembliesIn(shape))
            assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!, [friend]));
        var module = assembly.DefineDynamicModule("main");

        var type = module.DefineType("Reference", TypeAttributes.Class | TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [shape.Type]);
        EmitConstructor(type);
        for (var i = 0; i < shape.Methods.Length; i++)
            EmitMethod(type, shape.Methods[i], i, RequestBuilder.Build(module, shape.Methods[i], i));
        return type.CreateType();
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, ReferenceArguments).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, ReferenceArguments)!);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder type, MethodShape shape, int index, Type request)
    {
        var method = type.DefineMethod(
            $"{shape.InterfaceName}.{shape.Method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot | MethodAttributes.HideBySig,
            shape.Method.ReturnType,
            [.. shape.Parameters.Select(p => p.ParameterType)]);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, request.GetConstructor(Type.EmptyTypes)!);
        for (var i = 0; i < shape.Parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            il.Emit(OpCodes.Stfld, request.GetField(RequestBuilder.FieldName(i))!);
        }

        il.Emit(OpCodes.Ldc_I4, index);
        EmitCall(il, shape);
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(method, shape.Method);
    }

    private static void EmitCall(ILGenerator il, MethodShape shape)
    {
        switch (shape.Kind)
        {
            case ReturnKind.AsyncEnumerable:
                il.Emit(OpCodes.Call, Generic(nameof(GrainReference.Enumerate)));
                break;
            case ReturnKind.TaskOfT:
                il.Emit(OpCodes.Call, Generic(nameof(GrainReference.Call)));
                break;
            case ReturnKind.ValueTaskOfT:
                il.Emit(OpCodes.Call, Generic(nameof(GrainReference.Call)));
                il.Emit(OpCodes.Newobj, shape.Method.ReturnType.GetConstructor([typeof(Task<>).MakeGenericType(shape.ResultType)])!);
                break;
            default:
                il.Emit(OpCodes.Call, Own(nameof(GrainReference.CallVoid)));
                if (shape.Kind == ReturnKind.ValueTask)
                    il.Emit(OpCodes.Newobj, typeof(ValueTask).GetConstructor([typeof(Task)])!);
                else if (shape.Kind == ReturnKind.Void)
                    il.Emit(OpCodes.Pop);
                break;
        }

        MethodInfo Own(string name) => typeof(GrainReference).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
        MethodInfo Generic(string name) => Own(name).MakeGenericMethod(shape.ResultType);
    }

    // The proxy may use what its interface may use: internal interfaces and messages too.
    private static HashSet<string> AssembliesIn(InterfaceShape shape)
    {
        var names = new HashSet<string>();
        Add(typeof(ProxyBuilder));
        Add(shape.Type);
        foreach (var method in shape.Methods)
        {
            Add(method.Interface);
            Add(method.Method.ReturnType);
            foreach (var parameter in method.Parameters)
                Add(parameter.ParameterType);
        }

        return names;

        void Add(Type type)
        {
            names.Add(type.Assembly.GetName().Name!);
            if (type.HasElementType)
                Add(type.GetElementType()!);
            foreach (var argument in type.GetGenericArguments())
                Add(argument);
        }
    }
}
