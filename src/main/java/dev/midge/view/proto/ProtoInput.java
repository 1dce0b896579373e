package dev.midge.view.proto;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.midge.view.ViewException;
import org.jspecify.annotations.Nullable;

/** Makes parts of a message of JSON. The paths are for complaints. */
interface ProtoInput {
  /** Sets a field, be it one value or several. */
  void field(
      DynamicMessage.Builder message, FieldDescriptor field, @Nullable Object value, String path)
      throws ViewException;

  /** Returns one value of a field as the library wants it. */
  Object single(FieldDescriptor field, @Nullable Object value, String path) throws ViewException;

  /** Returns the complaint that a value is not what it should be. */
  ViewException wrong(String path, String wanted, @Nullable Object value);
}
