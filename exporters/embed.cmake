# Write a file's bytes as a C array: NAME, NAME_size. Called with INPUT, OUTPUT, NAME.
file(READ ${INPUT} content HEX)
string(LENGTH "${content}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "(..)" "0x\\1," bytes "${content}")
string(REGEX REPLACE "(................................................................................)"
       "\\1\n" bytes "${bytes}")
file(WRITE ${OUTPUT} "#include \"exporters/embedded.h\"\n\n"
     "const uint8_t ${NAME}[] = {\n${bytes}};\nconst size_t ${NAME}_size = ${size};\n")
