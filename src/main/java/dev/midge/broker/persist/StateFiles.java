package dev.midge.broker.persist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one state: the snapshot, and the log of changes since, which is locked as long as
 * this is open. A snapshot is written beside the old one and renamed when it is on disk, so that a
 * file of that name is always whole. Used by one thread at a time.
 */
final class StateFiles implements AutoCloseable {
  private final Path snapshot;
  private final Path changes;
  private final FileChannel log;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private long generation;
  private long logEnd; // behind the last whole frame

  private StateFiles(Path snapshot, Path changes, FileChannel log) {
    this.snapshot = snapshot;
    this.changes = changes;
    this.log = log;
  }

  /**
   * Opens them, without reading.
   *
   * @throws IOException when the directory is not there, or another broker has the files
   */
  static StateFiles open(Path snapshot) throws IOException {
    Path file = snapshot.toAbsolutePath();
    Path changes = file.resolveSibling(file.getFileName() + ".log");
    Path directory = Objects.requireNonNull(file.getParent()); // an absolute path
    if (!Files.isDirectory(directory)) {
      throw new UnreadableStateException(
          file, "cannot be kept: there is no directory " + directory + ".");
    }
    FileChannel log = null;
    try {
      log =
          open(
              changes,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      lock(log, file);
      return new StateFiles(file, changes, log);
    } catch (IOException e) {
      if (log != null) {
        log.close();
      }
      throw e instanceof UnreadableStateException
          ? e
          : new UnreadableStateException(file, "cannot be kept: " + words(e) + ".");
    }
  }

  private static void lock(FileChannel log, Path file) throws IOException {
    FileLock lock;
    try {
      lock = log.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // a broker of this JVM
    }
    if (lock == null) {
      throw new UnreadableStateException(
          file, "is in use by another broker: give each its own persistence_location.");
    }
  }

  /** Opens a file that only its owner may read, where the system knows owners. */
  private static FileChannel open(Path file, OpenOption... options) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(file, Set.of(options), attributes);
  }

  /** Returns why something failed, in the system's words. */
  static String words(IOException e) {
    if (e instanceof FileSystemException named) {
      String reason = named.getReason();
      return named.getFile() + ": " + (reason == null ? e.getClass().getSimpleName() : reason);
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Returns the path of the snapshot. */
  Path snapshot() {
    return snapshot;
  }

  /** Reads the snapshot, if there is one, and the changes since. */
  void read(RecordReader reader, PersistenceLog told) throws IOException {
    boolean found = readSnapshot(reader);
    readChanges(reader, found, told);
  }

  private boolean readSnapshot(RecordReader reader) throws IOException {
    try (FileChannel file = FileChannel.open(snapshot, StandardOpenOption.READ)) {
      FileHeader header = header(file, FileHeader.Kind.SNAPSHOT);
      if (header == null) {
        throw damaged("its first bytes are damaged");
      }
      generation = header.generation();
      FrameReader frames = new FrameReader(file, FileHeader.LENGTH);
      while (!reader.hasEnded()) {
        ByteBuffer frame = frames.next();
        if (frame == null) {
          throw damaged(
              frames.isAtEnd() ? "its end is missing" : "damaged at byte " + frames.position());
        }
        read(reader, frame, frames.position(), "");
      }
      if (!frames.isAtEnd()) {
        throw damaged("surplus bytes at its end");
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void read(RecordReader reader, ByteBuffer frame, long end, String which)
      throws UnreadableStateException {
    try {
      reader.read(frame);
    } catch (BadRecordException e) {
      throw damaged(which + e.getMessage() + ", before byte " + end);
    }
  }

  private UnreadableStateException damaged(String what) {
    return new UnreadableStateException(
        snapshot,
        "cannot be read: " + what + ". It is left alone; move it away to begin without it.");
  }

  private @Nullable FileHeader header(FileChannel file, FileHeader.Kind kind) throws IOException {
    ByteBuffer start = FrameReader.read(file, 0, FileHeader.LENGTH);
    if (!FileHeader.isMagic(kind, start)) {
      throw damaged(
          kind == FileHeader.Kind.SNAPSHOT
              ? "it was not written by midge"
              : changes.getFileName() + " was not written by midge");
    }
    FileHeader header = FileHeader.read(kind, start);
    if (header != null && (header.version() < 1 || header.version() > FileHeader.VERSION)) {
      throw damaged(
          "it was written in format "
              + header.version()
              + ", and this midge knows those up to "
              + FileHeader.VERSION);
    }
    return header;
  }

  private void readChanges(RecordReader reader, boolean hasSnapshot, PersistenceLog told)
      throws IOException {
    if (log.size() <= FileHeader.LENGTH) {
      return; // it has no records, whether its begin was written or not
    }
    FileHeader header = header(log, FileHeader.Kind.CHANGES);
    if (header == null) {
      throw damaged("the first bytes of " + changes.getFileName() + " are damaged");
    }
    if (!hasSnapshot) {
      told.orphaned(changes.toString());
      return;
    }
    if (header.generation() > generation) {
      throw damaged("it is older than " + changes.getFileName() + ", which belongs to a later one");
    }
    if (header.generation() < generation) {
      return; // of the snapshot before
    }
    FrameReader frames = new FrameReader(log, FileHeader.LENGTH);
    ByteBuffer frame;
    while ((frame = frames.next()) != null) {
      read(reader, frame, frames.position(), changes.getFileName() + ": ");
    }
    if (!frames.isAtEnd()) {
      if (frames.isFollowedByFrame()) {
        throw damaged(changes.getFileName() + " is damaged at byte " + frames.position());
      }
      told.torn(changes.toString(), log.size() - frames.position());
    }
  }

  /** Appends frames to the change log. */
  void append(List<Frame> frames) throws IOException {
    log.position(logEnd);
    long end = logEnd;
    for (Frame frame : frames) {
      frame.writeTo(log, buffer);
      end += frame.length();
    }
    logEnd = end;
  }

  /** Waits until the change log is on disk. */
  void sync() throws IOException {
    log.force(false);
  }

  /** Drops what an attempt to append has left behind the last whole frame. */
  void cut() throws IOException {
    if (logEnd >= FileHeader.LENGTH && log.size() > logEnd) {
      log.truncate(logEnd);
    }
  }

  /** Writes a new snapshot in place of the old one, and begins a new change log. */
  void write(List<Frame> frames) throws IOException {
    Path beside = snapshot.resolveSibling(snapshot.getFileName() + ".new");
    Files.deleteIfExists(beside);
    try (FileChannel file = open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeHeader(file, FileHeader.Kind.SNAPSHOT, generation + 1);
      for (Frame frame : frames) {
        frame.writeTo(file, buffer);
      }
      file.force(true);
    }
    Files.move(
        beside, snapshot, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    generation++;
    syncDirectory();
    // Only now: until the snapshot has its name, the log before belongs to the old one.
    log.truncate(0);
    logEnd = 0;
    log.position(0);
    writeHeader(log, FileHeader.Kind.CHANGES, generation);
    log.force(true);
    logEnd = FileHeader.LENGTH;
  }

  private static void writeHeader(FileChannel file, FileHeader.Kind kind, long generation)
      throws IOException {
    ByteBuffer bytes = new FileHeader(kind, generation).bytes();
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /** Makes the new name survive a failure of the system, where directories can be synced. */
  private void syncDirectory() {
    try (FileChannel directory = FileChannel.open(snapshot.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      // Some systems cannot open directories; there the rename is all there is.
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
