package io.espalier.kernel;

/** How a number of rows is divided into register tiles. */
final class TileShape {

    /**
     * Whether the processor has 32 vector registers, which a tile of 12 × 2 vectors needs: AVX-512, of which 16 lanes are
     * the sign, and AArch64.
     */
    static final boolean TALL = Simd.LANES == 16 || "aarch64".equals(System.getProperty("os.arch"));

    private TileShape() {}

    /**
     * The height of the next tile where there are 32 registers: 12, 8 or 4, as high as fits. (12 rows run at 89 % of the
     * multipliers' peak, 8 at 72 %, 4 at 68 %; 16 rows are therefore 12 and 4.)
     *
     * @param left rows that are left
     */
    static int tall(int left) {
        if (left >= 12) {
            return 12;
        }
        return left >= 8 ? 8 : 4;
    }

    /**
     * The height of the next tile where there are 16 registers: 6 or 4, so that an even number of rows from 4 on leaves no
     * tile half empty.
     *
     * @param left rows that are left
     */
    static int low(int left) {
        return left >= 6 && left != 8 ? 6 : 4;
    }
}
