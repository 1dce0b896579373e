package dev.midge.view;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** Compressed data: gzip (RFC 1952) and zlib (RFC 1950). */
public enum CompressedView {
  GZIP("gzip") {
    @Override
    InputStream unpacking(InputStream in) throws IOException {
      return new GZIPInputStream(in);
    }

    @Override
    OutputStream packing(OutputStream out) throws IOException {
      return new GZIPOutputStream(out);
    }
  },
  ZLIB("zlib") {
    @Override
    InputStream unpacking(InputStream in) {
      return new InflaterInputStream(in);
    }

    @Override
    OutputStream packing(OutputStream out) {
      return new DeflaterOutputStream(out);
    }
  };

  private final String word;

  CompressedView(String word) {
    this.word = word;
  }

  abstract InputStream unpacking(InputStream in) throws IOException;

  abstract OutputStream packing(OutputStream out) throws IOException;

  /**
   * Returns the data that compressed data stands for.
   *
   * @throws ViewException also for data of more than {@link PayloadView#MOST_BYTES}
   */
  public byte[] decode(byte[] payload) throws ViewException {
    try (InputStream in = unpacking(new ByteArrayInputStream(payload))) {
      byte[] data = in.readNBytes(PayloadView.MOST_BYTES + 1);
      if (data.length > PayloadView.MOST_BYTES) {
        throw new ViewException(
            "it has more than " + PayloadView.MOST_BYTES + " bytes when it is unpacked");
      }
      return data;
    } catch (EOFException e) {
      throw new ViewException("the " + word + " data is cut off");
    } catch (IOException e) {
      throw new ViewException("it is no " + word + " data");
    }
  }

  /** Returns the payload compressed. */
  public byte[] encode(byte[] payload) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packing(packed)) {
      out.write(payload);
    } catch (IOException e) {
      throw new IllegalStateException(e); // Bytes in memory can be written.
    }
    return packed.toByteArray();
  }
}
