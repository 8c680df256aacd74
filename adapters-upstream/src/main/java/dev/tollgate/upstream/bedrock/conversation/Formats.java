package dev.tollgate.upstream.bedrock.conversation;

import org.jspecify.annotations.Nullable;

/** Converse's own short names for types of images, sounds and documents; null where it has none. */
final class Formats {
    private Formats() {}

    static @Nullable String image(String type) {
        return switch (type) {
            case "image/png" -> "png";
            case "image/jpeg" -> "jpeg";
            case "image/gif" -> "gif";
            case "image/webp" -> "webp";
            default -> null;
        };
    }

    static @Nullable String audio(String type) {
        return switch (type) {
            case "audio/mpeg", "audio/mp3" -> "mp3";
            case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
            case "audio/ogg" -> "ogg";
            case "audio/flac", "audio/x-flac" -> "flac";
            case "audio/aac" -> "aac";
            case "audio/mp4", "audio/m4a", "audio/x-m4a" -> "m4a";
            case "audio/webm" -> "webm";
            default -> null;
        };
    }

    static @Nullable String document(String type) {
        return switch (type) {
            case "application/pdf" -> "pdf";
            case "text/csv" -> "csv";
            case "application/msword" -> "doc";
            case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" -> "docx";
            case "application/vnd.ms-excel" -> "xls";
            case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" -> "xlsx";
            case "text/html" -> "html";
            case "text/markdown", "text/x-markdown" -> "md";
            default -> type.startsWith("text/") ? "txt" : null;
        };
    }
}
