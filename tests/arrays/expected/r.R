# Writes sets as R writes them (r/), and what R itself reads back (r.json): values of each image, line by line.
library(png); library(rhdf5); library(data.table)
here <- file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE))), "r")
dir.create(here, showWarnings = FALSE)
set.seed(97)
n <- 6L; h <- 7L; w <- 5L
# As R holds images: lines, columns, images.
images <- array(sample(0:255, n * h * w, TRUE), c(h, w, n))
labels <- sprintf("class %d", seq_len(n) %% 3)
at <- function(name) file.path(here, name)
lines_of <- function(image) as.integer(t(image))

# A table of pixels, with the names of rows that write.csv writes unless it is told not to.
pixels <- t(sapply(seq_len(n), function(i) lines_of(images[, , i])))
colnames(pixels) <- paste0("pixel", seq_len(h * w) - 1)
table <- data.frame(label = labels, pixels)
write.csv(table, at("write.csv"))
fwrite(table, at("fwrite.csv"))
back <- read.csv(at("write.csv"), row.names = 1)

# rhdf5: the order of axes is turned round in the file.
file <- at("rhdf5.h5")
if (file.exists(file)) file.remove(file)
h5createFile(file)
h5write(images, file, "images")
h5write(labels, file, "labels")
hdf5 <- h5read(file, "images")

# Pictures: values are parts of 1.
dir.create(at("pictures"), showWarnings = FALSE)
for (i in seq_len(n)) {
  folder <- file.path(at("pictures"), labels[i])
  dir.create(folder, showWarnings = FALSE)
  writePNG(images[, , i] / 255, file.path(folder, sprintf("%d.png", i)))
}
pictures <- list.files(at("pictures"), recursive = TRUE)
read <- lapply(pictures, function(name) round(readPNG(file.path(at("pictures"), name)) * 255))

json <- function(values) paste0("[", paste(values, collapse = ","), "]")
each <- function(list) json(sapply(list, function(image) json(lines_of(image))))
slices <- function(a) lapply(seq_len(dim(a)[3]), function(i) a[, , i])
csv <- lapply(seq_len(n), function(i) matrix(as.integer(back[i, -1]), h, w, byrow = TRUE))
text <- sprintf('{"shape":[%d,%d,%d],"labels":%s,"csv":%s,"hdf5":%s,"names":%s,"pictures":%s}\n', n, h, w,
  json(dQuote(labels, FALSE)), each(csv), each(slices(hdf5)), json(dQuote(pictures, FALSE)), each(read))
cat(text, file = file.path(dirname(here), "r.json"))
