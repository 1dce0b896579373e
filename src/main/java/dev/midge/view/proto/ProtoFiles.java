package dev.midge.view.proto;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import dev.midge.text.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files that hold a type and all that it needs: a {@code .proto} file with what it imports, or
 * a descriptor set as protoc makes it. What is imported is looked for beside the file that imports
 * it, beside the first file, and in the directories above that one; the files of {@code
 * google/protobuf} come with the library.
 */
final class ProtoFiles {
  private static final List<FileDescriptor> KNOWN =
      List.of(
          AnyProto.getDescriptor(),
          DescriptorProtos.getDescriptor(),
          DurationProto.getDescriptor(),
          EmptyProto.getDescriptor(),
          FieldMaskProto.getDescriptor(),
          StructProto.getDescriptor(),
          TimestampProto.getDescriptor(),
          WrappersProto.getDescriptor());

  private final Map<String, @Nullable FileDescriptor> byName = new LinkedHashMap<>();
  private final Path first;

  private ProtoFiles(Path first) {
    this.first = first;
    KNOWN.forEach(file -> byName.put(file.getName(), file));
  }

  /**
   * Returns a type.
   *
   * @param file the first file
   * @param type the full name, or the last part of it where no other type has the same
   */
  static Descriptor type(String file, String type) throws ProtoException {
    try {
      Path path = Path.of(file).toAbsolutePath().normalize();
      ProtoFiles files = new ProtoFiles(path);
      byte[] bytes = Files.readAllBytes(path);
      List<FileDescriptor> own =
          file.endsWith(".proto")
              ? List.of(files.proto(path.getFileName().toString(), path, bytes))
              : files.set(file, bytes);
      return find(own, type, file);
    } catch (IOException | InvalidPathException e) {
      throw new ProtoException("cannot read " + file + ": " + reason(e));
    }
  }

  /** Returns the file that a text is, which imports nothing. */
  static FileDescriptor alone(String name, String text) throws ProtoException {
    return new ProtoFiles(Path.of(name)).built(ProtoParser.parse(name, text));
  }

  private static String reason(Exception e) {
    return e instanceof NoSuchFileException
        ? "No such file or directory"
        : String.valueOf(e.getMessage());
  }

  private FileDescriptor proto(String name, Path path, byte[] bytes) throws ProtoException {
    String text = Utf8.strictly(bytes);
    if (text == null) {
      throw new ProtoException(name + " is not UTF-8");
    }
    byName.put(name, null); // Who imports it again is in a circle.
    FileDescriptorProto parsed = ProtoParser.parse(name, text);
    for (String imported : parsed.getDependencyList()) {
      if (!byName.containsKey(imported)) {
        Path found = find(imported, path);
        byName.put(imported, proto(imported, found, read(imported, found)));
      } else if (byName.get(imported) == null) {
        throw new ProtoException(name + " imports " + imported + ", which imports it in turn");
      }
    }
    FileDescriptor built = built(parsed);
    byName.put(name, built);
    return built;
  }

  private static byte[] read(String name, Path path) throws ProtoException {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new ProtoException("cannot read the import " + name + ": " + reason(e));
    }
  }

  private Path find(String imported, Path importing) throws ProtoException {
    List<Path> directories = new ArrayList<>();
    directories.add(importing.getParent());
    for (Path up = first.getParent(); up != null; up = up.getParent()) {
      directories.add(up);
    }
    for (Path directory : directories) {
      Path file = directory.resolve(imported);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new ProtoException(
        importing.getFileName()
            + " imports "
            + imported
            + ", which is neither in its directory nor below one above "
            + first.getFileName());
  }

  private List<FileDescriptor> set(String name, byte[] bytes) throws ProtoException {
    FileDescriptorSet set;
    try {
      set = FileDescriptorSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new ProtoException(
          name + " is neither named .proto nor a descriptor set as protoc makes it");
    }
    Map<String, FileDescriptorProto> unbuilt = new LinkedHashMap<>();
    set.getFileList().forEach(file -> unbuilt.put(file.getName(), file));
    List<FileDescriptor> own = new ArrayList<>();
    for (String each : List.copyOf(unbuilt.keySet())) {
      own.add(built(each, unbuilt));
    }
    return own;
  }

  private FileDescriptor built(String name, Map<String, FileDescriptorProto> unbuilt)
      throws ProtoException {
    FileDescriptor done = byName.get(name);
    if (done != null) {
      return done;
    }
    FileDescriptorProto file = unbuilt.remove(name);
    if (file == null) {
      throw new ProtoException(
          "the descriptor set lacks " + name + "; protoc --include_imports puts it in");
    }
    for (String imported : file.getDependencyList()) {
      built(imported, unbuilt);
    }
    FileDescriptor built = built(file);
    byName.put(name, built);
    return built;
  }

  private FileDescriptor built(FileDescriptorProto file) throws ProtoException {
    List<FileDescriptor> imports = new ArrayList<>();
    for (String name : file.getDependencyList()) {
      FileDescriptor imported = byName.get(name);
      if (imported != null) {
        imports.add(imported);
      }
    }
    try {
      return FileDescriptor.buildFrom(file, imports.toArray(new FileDescriptor[0]));
    } catch (DescriptorValidationException e) {
      throw new ProtoException(file.getName() + ": " + e.getDescription());
    }
  }

  private static Descriptor find(List<FileDescriptor> files, String type, String named)
      throws ProtoException {
    TreeSet<String> all = new TreeSet<>();
    List<Descriptor> found = new ArrayList<>();
    for (FileDescriptor file : files) {
      for (Descriptor each : file.getMessageTypes()) {
        collect(each, type, all, found);
      }
    }
    for (Descriptor each : found) {
      if (each.getFullName().equals(type)) {
        return each;
      }
    }
    if (found.size() != 1) {
      throw new ProtoException(
          named
              + (found.isEmpty() ? " has no type " : " has several types ")
              + type
              + "; it has "
              + (all.isEmpty() ? "none" : String.join(", ", all)));
    }
    return found.get(0);
  }

  private static void collect(
      Descriptor type, String wanted, TreeSet<String> all, List<Descriptor> found) {
    if (type.getOptions().getMapEntry()) {
      return;
    }
    all.add(type.getFullName());
    if (type.getFullName().equals(wanted) || type.getName().equals(wanted)) {
      found.add(type);
    }
    for (Descriptor nested : type.getNestedTypes()) {
      collect(nested, wanted, all, found);
    }
  }
}
