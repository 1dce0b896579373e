import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Has each method of midge, and of Paho, begin with {@link Noise}; tests have none. */
public final class NoiseAgent implements ClassFileTransformer {
  private NoiseAgent() {}

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    instrumentation.addTransformer(new NoiseAgent());
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> again, ProtectionDomain domain, byte[] bytes) {
    return again == null && isNoisy(name, domain) ? withNoise(bytes) : null;
  }

  private static boolean isNoisy(String name, ProtectionDomain domain) {
    if (name == null || domain == null) {
      return false;
    }
    if (name.startsWith("org/eclipse/paho/")) {
      return true;
    }
    CodeSource source = domain.getCodeSource();
    return name.startsWith("dev/midge/")
        && source != null
        && source.getLocation().getPath().endsWith("/target/classes/");
  }

  private static byte[] withNoise(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, type, signature, exceptions);
            boolean plain = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
            return plain && !name.startsWith("<") ? beginning(method) : method;
          }
        },
        0);
    return writer.toByteArray();
  }

  private static MethodVisitor beginning(MethodVisitor method) {
    int place = Noise.place();
    return new MethodVisitor(Opcodes.ASM9, method) {
      @Override
      public void visitCode() {
        super.visitCode();
        super.visitLdcInsn(place);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, "Noise", "at", "(I)V", false);
      }
    };
  }
}
