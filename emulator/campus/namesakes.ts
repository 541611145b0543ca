/** 张伟 and 王芳: how many share the name in a campus of the usual size. */
export const NAMESAKES = [
  { name: '张伟', count: 180, sex: 'male' },
  { name: '王芳', count: 2000, sex: 'female' },
] as const;
