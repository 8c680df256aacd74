package dev.tollgate.upstream.bedrock.conversation;

/** What Converse may have no place for, by the names the callers' dialects have for it. */
enum CallerField {
    REASONING("reasoning_effort", "reasoning", "thinking", "generationConfig.thinkingConfig"),
    FORMAT("response_format", "text.format", "output_config.format", "generationConfig.responseMimeType"),
    TEMPERATURE("temperature", "temperature", "temperature", "generationConfig.temperature"),
    TOP_P("top_p", "top_p", "top_p", "generationConfig.topP"),
    TOP_K("top_k", "top_k", "top_k", "generationConfig.topK"),
    SEED("seed", "seed", "seed", "generationConfig.seed"),
    FREQUENCY_PENALTY(
            "frequency_penalty", "frequency_penalty", "frequency_penalty", "generationConfig.frequencyPenalty"),
    PRESENCE_PENALTY("presence_penalty", "presence_penalty", "presence_penalty", "generationConfig.presencePenalty"),
    PARALLEL_TOOLS(
            "parallel_tool_calls",
            "parallel_tool_calls",
            "tool_choice.disable_parallel_tool_use",
            "toolConfig.functionCallingConfig"),
    TOOL_CHOICE("tool_choice", "tool_choice", "tool_choice", "toolConfig.functionCallingConfig"),
    CONTENT("messages", "input", "messages", "contents");

    private final String chat;
    private final String responses;
    private final String messages;
    private final String gemini;

    CallerField(String chat, String responses, String messages, String gemini) {
        this.chat = chat;
        this.responses = responses;
        this.messages = messages;
        this.gemini = gemini;
    }

    String in(String dialect) {
        return switch (dialect) {
            case "responses" -> responses;
            case "messages" -> messages;
            case "generate_content" -> gemini;
            default -> chat;
        };
    }
}
