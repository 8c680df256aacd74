package dev.tollgate.bootstrap.architecture;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The places of one class where a float or a double appears.
 *
 * <p>Bytecode, not source: a product with {@code 0.1} inside a long expression leaves no trace in any declaration.
 */
final class FloatingPoint extends ClassVisitor {
    private static final int ASM = Opcodes.ASM9;
    private static final Pattern ARITHMETIC = Pattern.compile(
            "[FD](CONST_\\d|A?LOAD|A?STORE|ADD|SUB|MUL|DIV|REM|NEG|CMP[LG]|RETURN)|[IL]2[FD]|[FD]2[ILFD]");
    private static final Set<Integer> INSTRUCTIONS = Arrays.stream(Opcodes.class.getFields())
            .filter(opcode -> ARITHMETIC.matcher(opcode.getName()).matches())
            .map(FloatingPoint::value)
            .collect(toUnmodifiableSet());
    private static final Set<String> TYPES = Set.of("float", "double", "java.lang.Float", "java.lang.Double");

    private final List<String> places = new ArrayList<>();
    private String type = "";

    private FloatingPoint() {
        super(ASM);
    }

    static List<String> in(InputStream classFile) throws IOException {
        var visitor = new FloatingPoint();
        new ClassReader(classFile).accept(visitor, ClassReader.SKIP_DEBUG);
        return List.copyOf(visitor.places);
    }

    @Override
    public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
        type = name.replace('/', '.');
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        check(name, descriptor);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
        check(name, descriptor);
        return new Body(name);
    }

    private void check(String place, String descriptor) {
        if (types(Type.getType(descriptor)).anyMatch(TYPES::contains)) {
            found(place);
        }
    }

    private static Stream<String> types(Type type) {
        return switch (type.getSort()) {
            case Type.METHOD ->
                Stream.concat(Stream.of(type.getReturnType()), Stream.of(type.getArgumentTypes()))
                        .flatMap(FloatingPoint::types);
            case Type.ARRAY -> types(type.getElementType());
            default -> Stream.of(type.getClassName());
        };
    }

    private void found(String place) {
        String where = type + "." + place;
        if (!places.contains(where)) {
            places.add(where);
        }
    }

    private static Integer value(Field opcode) {
        try {
            return opcode.getInt(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Body extends MethodVisitor {
        private final String method;

        Body(String method) {
            super(ASM);
            this.method = method;
        }

        @Override
        public void visitInsn(int opcode) {
            check(opcode);
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            check(opcode);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY && (operand == Opcodes.T_FLOAT || operand == Opcodes.T_DOUBLE)) {
                found(method);
            }
        }

        @Override
        public void visitLdcInsn(Object constant) {
            if (constant instanceof Float || constant instanceof Double) {
                found(method);
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            FloatingPoint.this.check(method, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
            checkCall(owner, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            FloatingPoint.this.check(method, descriptor);
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    checkCall(handle.getOwner(), handle.getDesc());
                }
            }
        }

        private void checkCall(String owner, String descriptor) {
            FloatingPoint.this.check(method, Type.getObjectType(owner).getDescriptor());
            FloatingPoint.this.check(method, descriptor);
        }

        private void check(int opcode) {
            if (INSTRUCTIONS.contains(opcode)) {
                found(method);
            }
        }
    }
}
